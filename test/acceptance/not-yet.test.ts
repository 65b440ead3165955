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
  { render_js: true },
  { render_js: "auto" },
  { wait_config: { wait_until: "load" } },
  { processing_mode: "async", render_js: true },
  { processing_mode: "async", wait_config: { wait_for: "main" } },
];

test("rendering answers 503 UNAVAILABLE that says so, sync and async, and asks for no page", async () => {
  lab.site.reset();
  for (const fields of NOT_YET) {
    const what = JSON.stringify(fields);
    const answer = await lab.api.extract({ url: `${lab.site.url}/article`, ...fields });
    const { code, message } = readRefusal(answer, 503);
    assert.equal(code, "UNAVAILABLE", what);
    assert.match(message, /render/i, what);
    assert.match(answer.headers.get("retry-after") ?? "", /^\d+$/, what);
  }
  assert.equal(lab.site.requests.length, 0);
});

test("what is refused at once is refused so in async mode too", async () => {
  const answer = await lab.api.extract({ url: "http://10.0.0.1/", processing_mode: "async" });
  assert.equal(answer.status, 422);
});
