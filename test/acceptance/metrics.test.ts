import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Lab, startLab } from "../support/lab.ts";
import { readFailure, readPage, readRefusal } from "../support/shapes.ts";

let lab: Lab;
before(async () => {
  lab = await startLab();
});
after(() => lab.stop());

test("metrics are Prometheus text, on loopback without a key", async () => {
  const { status, headers, text } = await lab.api.send({ path: "/metrics", key: null });
  assert.equal(status, 200);
  assert.match(headers.get("content-type") ?? "", /^text\/plain/);
  for (const line of text.split("\n").filter((line) => line !== "")) {
    assert.match(line, /^(# (HELP|TYPE) \S+ .+|[a-zA-Z_:][\w:]*(\{.*\})? \S+)$/);
  }
});

const FORWARDING = [
  { "x-forwarded-for": "203.0.113.9" },
  { forwarded: "for=203.0.113.9" },
  { "x-real-ip": "203.0.113.9" },
  { via: "1.1 proxy" },
  { "x-forwarded-host": "quern.example" },
];

test("metrics want a key where a forwarding header came", async () => {
  for (const headers of FORWARDING) {
    const refused = await lab.api.send({ path: "/metrics", key: null, headers });
    assert.equal(readRefusal(refused, 401).code, "UNAUTHORIZED", JSON.stringify(headers));
    const { status } = await lab.api.send({ path: "/metrics", headers });
    assert.equal(status, 200);
  }
});

test("pages are counted by how they ended", async () => {
  const before = await pageCounts();
  readPage(await lab.api.extract({ url: `${lab.site.url}/article` }));
  readFailure(await lab.api.extract({ url: `${lab.site.url}/status/404` }));
  const rise = (await pageCounts()) - before;
  assert.ok(rise >= 2, `the sum of quern_pages_total rose by ${rise}`);
});

async function pageCounts(): Promise<number> {
  const { text } = await lab.api.get("/metrics");
  const lines = text.split("\n").filter((line) => line.startsWith("quern_pages_total"));
  return lines.reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);
}

test("metrics name no URL, host or key", async () => {
  readPage(await lab.api.extract({ url: `${lab.site.url}/page/4711` }));
  const { text } = await lab.api.get("/metrics");
  assert.ok(!text.includes(lab.quern.key));
  assert.doesNotMatch(text, /4711|127\.0\.0\.1/);
});
