import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Lab, startLab } from "../support/lab.ts";
import { readPage } from "../support/shapes.ts";

let lab: Lab;
before(async () => {
  lab = await startLab();
});
after(() => lab.stop());

interface Echo {
  readonly headers: Readonly<Record<string, string>>;
  readonly rawHeaders: readonly string[];
}

async function echo(path: string, headers: Record<string, string> | null = null): Promise<Echo> {
  const answer = await lab.api.extract({ url: lab.site.url + path, headers });
  return JSON.parse(readPage(answer).data.html ?? "");
}

test("a page is asked for as a browser asks, under Quern's own name", async () => {
  const { headers } = await echo("/echo");
  assert.match(
    headers["user-agent"] ?? "",
    /^Mozilla\/5\.0 \(compatible; Quern\/\d[\w.-]*; \+http/,
  );
  assert.match(headers["accept"] ?? "", /^text\/html,/);
  assert.match(headers["accept-language"] ?? "", /^[a-z]{2}/);
  assert.equal(headers["host"], new URL(lab.site.url).host);
  assert.ok(!Object.keys(headers).some((name) => name.startsWith("sec-ch-")), "no client hints");
});

test("brotli is not offered; gzip, deflate and zstd are", async () => {
  const { headers } = await echo("/echo");
  const offered = (headers["accept-encoding"] ?? "")
    .split(/,\s*/)
    .map((name) => name.split(";")[0]);
  assert.deepEqual(offered.toSorted(), ["deflate", "gzip", "zstd"]);
});

test("the caller's headers are sent to the target, and take the place of ours", async () => {
  const { headers, rawHeaders } = await echo("/echo", {
    "X-Custom": "yes",
    "user-agent": "Mine/1.0",
    "Accept-Language": "de",
    Cookie: "a=b",
  });
  assert.equal(headers["x-custom"], "yes");
  assert.equal(headers["user-agent"], "Mine/1.0");
  assert.equal(headers["accept-language"], "de");
  assert.equal(headers["cookie"], "a=b");
  const names = rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
  assert.equal(new Set(names).size, names.length, "each once");
});

test("the caller's headers are kept on redirects within the origin", async () => {
  const { headers } = await echo("/redirect?to=/echo", { "X-Custom": "yes", Cookie: "a=b" });
  assert.equal(headers["x-custom"], "yes");
  assert.equal(headers["cookie"], "a=b");
});

test("the caller's headers are dropped on a redirect to another origin", async () => {
  const { headers } = await echo("/redirect/other", {
    "X-Custom": "yes",
    Authorization: "Bearer x",
    Cookie: "a=b",
    "User-Agent": "Mine/1.0",
  });
  for (const name of ["x-custom", "authorization", "cookie"]) {
    assert.equal(headers[name], undefined, name);
  }
  assert.match(headers["user-agent"] ?? "", /Quern/);
});

test("the caller's headers stay dropped when the way leads back", async () => {
  const { headers } = await echo("/redirect/there-and-back", {
    "X-Custom": "yes",
    Cookie: "a=b",
  });
  assert.equal(headers["x-custom"], undefined);
  assert.equal(headers["cookie"], undefined);
});

test("forwarding headers of the caller's own connection do not reach the target", async () => {
  lab.site.reset();
  await lab.api.extract({ url: `${lab.site.url}/article` }, { "x-forwarded-for": "203.0.113.9" });
  const [request] = lab.site.requests;
  assert.ok(request !== undefined);
  assert.doesNotMatch(request.rawHeaders.join("\n"), /203\.0\.113\.9|forwarded/i);
});

test("QUERN_USER_AGENT is the name under which pages are asked for", async () => {
  const named = await startLab({ QUERN_USER_AGENT: "Mine/2.0 (+https://mine.example)" });
  try {
    readPage(await named.api.extract({ url: `${named.site.url}/article` }));
    assert.equal(named.site.requests[0]?.headers["user-agent"], "Mine/2.0 (+https://mine.example)");
  } finally {
    await named.stop();
  }
});
