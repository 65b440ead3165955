import assert from "node:assert/strict";
import { test } from "node:test";
import { redact, withoutQuery } from "./redact.ts";

test("values of secret names are masked, also in what is nested", () => {
  const facts = {
    authorization: "Bearer x",
    "x-api-key": "x",
    apiKey: "x",
    clientSecret: "x",
    password: "x",
    refresh_token: "x",
    request: { headers: { Cookie: "x", "set-cookie": "x", accept: "text/html" } },
  };
  const masked = JSON.stringify(redact(facts));
  assert.doesNotMatch(masked, /"x"|Bearer/);
  assert.match(masked, /"accept":"text\/html"/);
});

test("names that only look alike are kept", () => {
  const facts = { keyId: "k", tokens_charged: 1, monkey: "m", author: "a", tokenizer: "t" };
  assert.deepEqual(redact(facts), facts);
});

test("errors, dates and circles are left as they are", () => {
  const circle: Record<string, unknown> = {};
  circle["self"] = circle;
  const err = new Error("e");
  const masked = redact({ err, circle, at: new Date(0) });
  assert.equal(masked["err"], err);
  assert.deepEqual(masked["at"], new Date(0));
});

const URLS = [
  { url: "https://user:pass@example.com:8080/a?b=c#d", logged: "https://example.com:8080/a" },
  { url: new URL("http://example.com/?q=secret"), logged: "http://example.com/" },
  { url: "/path?secret#x", logged: "/path" },
  { url: "data:text/html,secret", logged: "data:" },
  { url: null, logged: null },
];

test("a URL is logged without what may be private in it", () => {
  for (const { url, logged } of URLS) assert.equal(withoutQuery(url), logged);
});
