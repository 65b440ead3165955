import { PageError } from "../../contract/app-error.ts";
import type { JobErrorCode } from "../../contract/error-table.ts";
import type { Format } from "../../contract/format.ts";
import type { Mistake, Verdict } from "./verdict.ts";

interface MistakeRule {
  readonly code: (status: number) => JobErrorCode;
  readonly message: string;
  /** True: a failure only where text was asked for; the HTML as it came is still an answer. */
  readonly onlyForText?: true;
}

const RULES: Readonly<Record<Mistake, MistakeRule>> = {
  challenge: {
    code: () => "CAPTCHA_CHALLENGE",
    message: "The site answers with a challenge instead of its page.",
  },
  block: {
    code: (status) => (status === 403 || status === 451 ? "PERMANENT_BLOCK" : "TEMPORARY_BLOCK"),
    message: "The site answers with a block page instead of its page.",
  },
  login_wall: {
    code: () => "AUTH_REQUIRED",
    message: "The site shows a login instead of the page.",
  },
  soft_404: {
    code: () => "UNPROCESSABLE_CONTENT",
    message: "The site says that there is no such page, although its status says that there is.",
  },
  empty_shell: {
    code: () => "UNPROCESSABLE_CONTENT",
    // True with and without a browser: a request that needs one where there is none says so itself.
    message:
      "The page is an empty shell that its scripts fill: it needs render_js, which is answered with 503 where this server renders no pages.",
    onlyForText: true,
  },
  empty: {
    code: () => "UNPROCESSABLE_CONTENT",
    message: "The page holds nothing to read.",
    onlyForText: true,
  },
};

/**
 * The failure that a recognised page is; null where it is the page. It beats the failure of the status, so ask
 * for this one first.
 */
export function toPageError(
  verdict: Verdict,
  status: number,
  formats: readonly Format[],
): PageError | null {
  if (verdict.kind === "page") return null;
  const rule = RULES[verdict.kind];
  const wantsText = formats.some((format) => format !== "html");
  if (rule.onlyForText && !wantsText) return null;
  return new PageError(rule.code(status), {
    message: rule.message,
    details: {
      reason: verdict.kind,
      http_status: String(status),
      signals: verdict.signals.join(", "),
    },
  });
}
