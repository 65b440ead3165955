/** Folded phrases by language (BCP 47). One kind of sign in many languages: which of them it is does not matter. */
export type Phrases = Readonly<Record<string, readonly string[]>>;
