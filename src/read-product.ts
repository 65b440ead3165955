import { readFileSync } from "node:fs";

export interface Product {
  readonly version: string;
  /** The default of `QUERN_USER_AGENT`. */
  readonly userAgent: string;
}

/** What this program says of itself. package.json is its origin, in a checkout as in the package. */
export function readProduct(): Product {
  const manifest: unknown = JSON.parse(
    readFileSync(new URL("../package.json", import.meta.url), "utf8"),
  );
  // It is our own file.
  const { version, homepage } = manifest as { version: string; homepage: string };
  return { version, userAgent: `Mozilla/5.0 (compatible; Quern/${version}; +${homepage})` };
}
