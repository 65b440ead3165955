/** What a page turned out to be instead of the page that was asked for. */
export type Mistake = "challenge" | "block" | "login_wall" | "soft_404" | "empty_shell" | "empty";

export type Verdict =
  | { readonly kind: "page" }
  | {
      readonly kind: Mistake;
      /** Names of the signs that spoke for it. */
      readonly signals: readonly string[];
    };
