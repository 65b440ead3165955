import assert from "node:assert/strict";
import { test } from "node:test";
import type { Format } from "../../contract/format.ts";
import { toPageError } from "./to-page-error.ts";
import type { Mistake } from "./verdict.ts";

interface Row {
  readonly kind: Mistake;
  readonly status: number;
  readonly formats: readonly Format[];
  /** Null: a success. */
  readonly code: string | null;
}

const ROWS: readonly Row[] = [
  { kind: "challenge", status: 200, formats: ["html"], code: "CAPTCHA_CHALLENGE" },
  { kind: "challenge", status: 403, formats: ["markdown"], code: "CAPTCHA_CHALLENGE" },
  { kind: "login_wall", status: 200, formats: ["html"], code: "AUTH_REQUIRED" },
  { kind: "login_wall", status: 403, formats: ["html"], code: "AUTH_REQUIRED" },
  { kind: "block", status: 403, formats: ["html"], code: "PERMANENT_BLOCK" },
  { kind: "block", status: 451, formats: ["html"], code: "PERMANENT_BLOCK" },
  { kind: "block", status: 200, formats: ["html"], code: "TEMPORARY_BLOCK" },
  { kind: "block", status: 429, formats: ["html"], code: "TEMPORARY_BLOCK" },
  { kind: "soft_404", status: 200, formats: ["html"], code: "UNPROCESSABLE_CONTENT" },
  { kind: "empty_shell", status: 200, formats: ["html"], code: null },
  { kind: "empty_shell", status: 200, formats: ["html", "text"], code: "UNPROCESSABLE_CONTENT" },
  { kind: "empty_shell", status: 200, formats: ["content_html"], code: "UNPROCESSABLE_CONTENT" },
  { kind: "empty", status: 200, formats: ["html"], code: null },
  { kind: "empty", status: 200, formats: ["markdown"], code: "UNPROCESSABLE_CONTENT" },
];

for (const { kind, status, formats, code } of ROWS) {
  test(`${kind} with ${status}, asked for ${formats.join(" and ")}: ${code ?? "a success"}`, () => {
    const error = toPageError({ kind, signals: ["thin", "bare"] }, status, formats);
    assert.equal(error?.code ?? null, code);
    if (error === null) return;
    assert.equal(error.reason, kind);
    assert.equal(error.details?.["http_status"], String(status));
    assert.equal(error.details?.["signals"], "thin, bare");
  });
}

test("the page is no failure, whatever its status: that is told by itself", () => {
  assert.equal(toPageError({ kind: "page" }, 500, ["markdown"]), null);
});
