import assert from "node:assert/strict";
import { test } from "node:test";
import { hasEtag } from "./has-etag.ts";

const NAMED = ['"a-3"', 'W/"a-3"', '"x", "a-3"', '"x,y",W/"a-3" , "z"', "*", " * "];
const OTHER = [undefined, "", "a-3", '"a-30"', '"A-3"', '"x"', '"x", *', 'W/"', '"a-3'];

test("a tag is found in every list that If-None-Match may be, and nowhere else", () => {
  for (const header of NAMED) assert.equal(hasEtag(header, '"a-3"'), true, String(header));
  for (const header of OTHER) assert.equal(hasEtag(header, '"a-3"'), false, String(header));
});
