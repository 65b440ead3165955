import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Lab, startLab } from "../support/lab.ts";
import { readPage } from "../support/shapes.ts";
import { waitUntil } from "../support/wait-until.ts";

let lab: Lab;
before(async () => {
  lab = await startLab();
});
after(() => lab.stop());

const HANGING = ["/slow/hang?hang-up", "/slow/hang-in-body?hang-up", "/slow/drip?hang-up"];

test("a client that hangs up aborts the work within a second", async () => {
  for (const path of HANGING) {
    const hangUp = new AbortController();
    const asked = () => lab.site.requests.find(({ target }) => target === path);
    const answer = lab.api.send({
      method: "POST",
      path: "/v1/extract",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ url: lab.site.url + path, timeout: 60_000 }),
      signal: hangUp.signal,
    });
    await waitUntil(() => asked() !== undefined, 5000);
    hangUp.abort();
    await assert.rejects(answer, { name: "AbortError" });
    await waitUntil(() => asked()?.state === "left", 1000);
  }
});

test("work of a client that hung up is not tried again", async () => {
  const seen = lab.site.requests.length;
  await new Promise((resolve) => setTimeout(resolve, 1000));
  assert.equal(lab.site.requests.length, seen);
  readPage(await lab.api.extract({ url: `${lab.site.url}/article` }));
});
