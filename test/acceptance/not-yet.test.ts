import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Lab, startLab } from "../support/lab.ts";
import { readRefusal } from "../support/shapes.ts";

let lab: Lab;
before(async () => {
  lab = await startLab();
});
after(() => lab.stop());

const NOT_YET = [
  { what: "async", fields: { processing_mode: "async" }, says: /async|jobs/i },
  { what: "rendering", fields: { render_js: true }, says: /render/i },
  { what: "rendering when needed", fields: { render_js: "auto" }, says: /render/i },
  { what: "waiting", fields: { wait_config: { wait_until: "load" } }, says: /render/i },
];

test("async and rendering answer 503 UNAVAILABLE that says so, and ask for no page", async () => {
  lab.site.reset();
  for (const { what, fields, says } of NOT_YET) {
    const answer = await lab.api.extract({ url: `${lab.site.url}/article`, ...fields });
    const { code, message } = readRefusal(answer, 503);
    assert.equal(code, "UNAVAILABLE", what);
    assert.match(message, says, what);
    assert.match(answer.headers.get("retry-after") ?? "", /^\d+$/, what);
  }
  assert.equal(lab.site.requests.length, 0);
});

test("what is refused at once is refused so in async mode too", async () => {
  const answer = await lab.api.extract({ url: "http://10.0.0.1/", processing_mode: "async" });
  assert.equal(answer.status, 422);
});
