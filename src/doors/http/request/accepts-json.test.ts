import assert from "node:assert/strict";
import { test } from "node:test";
import { acceptsJson } from "./accepts-json.ts";

const ADMIT = [
  undefined,
  "",
  "*/*",
  "application/*",
  "application/json",
  "Application/JSON; charset=utf-8",
  "text/html, */*;q=0.1",
  "text/html, application/json ; q = 0.001",
  "*/*;q=0, application/json",
  "text/html, image/gif, *; q=.2",
];
const REFUSE = [
  "text/html",
  "text/*, image/*",
  "application/json;q=0",
  "*/*;q=0",
  "*/*, application/json;q=0.0",
  "application/*;q=0, */*",
  "application/jsonp",
  "nonsense",
  "application/json;q=abc",
];

test("an Accept header admits JSON by its most exact range", () => {
  for (const accept of ADMIT) assert.equal(acceptsJson(accept), true, String(accept));
  for (const accept of REFUSE) assert.equal(acceptsJson(accept), false, accept);
});
