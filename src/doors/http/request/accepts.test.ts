import assert from "node:assert/strict";
import { test } from "node:test";
import { accepts } from "./accepts.ts";

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
  const json = ["application/json"];
  for (const accept of ADMIT) assert.equal(accepts(accept, json), true, String(accept));
  for (const accept of REFUSE) assert.equal(accepts(accept, json), false, accept);
});

test("one type that is admitted is enough", () => {
  const either = ["application/json", "text/event-stream"];
  for (const accept of ["text/event-stream", "text/*", "application/json", "*/*"]) {
    assert.equal(accepts(accept, either), true, accept);
  }
  for (const accept of ["text/html", "text/event-stream;q=0", "text/*, text/event-stream;q=0"]) {
    assert.equal(accepts(accept, either), false, accept);
  }
});
