import assert from "node:assert/strict";
import { test } from "node:test";
import { rewriteUrl } from "./rewrite-url.ts";

const REWRITTEN = [
  { target: "/v1/extract", path: "/v1/extract" },
  { target: "//v1/extract", path: "/v1/extract" },
  { target: "/////health?x=//y", path: "/health?x=//y" },
  { target: "http://quern.example:3400/v1/extract?a=1?b", path: "/v1/extract?a=1?b" },
  { target: "HTTPS://quern.example//health", path: "/health" },
  { target: "http://quern.example", path: "/" },
  { target: "http://quern.example?a", path: "/?a" },
  { target: "*", path: "/*" },
  { target: "/%41?x=%", path: "/%41?x=%" },
  { target: "/%", path: "/%25" },
  { target: "/%ff/%41", path: "/%25ff/%2541" },
  { target: "/http://other.example/", path: "/http://other.example/" },
];

test("a request target becomes a path that the router can read", () => {
  for (const { target, path } of REWRITTEN) assert.equal(rewriteUrl(target), path, target);
});
