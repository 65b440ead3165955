import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { waitUntil } from "../support/wait-until.ts";
import { ROUTES } from "./routes.ts";
import { type Site, startSite } from "./site.ts";

let site: Site;
before(async () => {
  site = await startSite();
});
after(async () => {
  await site.stop();
});

/** Groups whose routes answer at once, with HTTP that every client takes. */
const CALM = [
  "Plain pages",
  "Media types",
  "Redirects and cookies",
  "Statuses and second tries",
  "Odd pages",
  "Challenges, blocks, logins, shells, and pages that look like one",
];

test("every calm route answers the examples that the index shows", async () => {
  const calm = CALM.flatMap((group) => ROUTES[group] ?? []).filter(
    ({ path }) => path !== "/flaky/reset",
  );
  for (const { path, examples } of calm) {
    for (const example of examples ?? [path]) {
      // fetch makes an error of its own out of it.
      if (example === "/status/407") continue;
      // A route that fails cuts the connection, and fetch rejects.
      const response = await fetch(site.url + example, { redirect: "manual" });
      assert.doesNotMatch(await response.text(), /No route has this address/, example);
    }
  }
});

test("the index names every route", async () => {
  const index = await (await fetch(`${site.url}/`)).text();
  for (const { path, examples } of Object.values(ROUTES).flat()) {
    const [address = ""] = examples ?? [path];
    assert.ok(index.includes(`href="${address.replaceAll("&", "&amp;")}"`), address);
  }
});

test("an address that counts is flaky once and then answers, until the site is reset", async () => {
  const ask = async () => (await fetch(`${site.url}/flaky?status=503&key=once`)).status;
  assert.deepEqual([await ask(), await ask()], [503, 200]);
  site.reset();
  assert.equal(await ask(), 503);
});

test("requests are recorded with their headers and how they ended", async () => {
  site.reset();
  await (await fetch(`${site.otherUrl}/article`, { headers: { "X-Mine": "1" } })).text();
  await assert.rejects(fetch(`${site.url}/slow/hang`, { signal: AbortSignal.timeout(50) }));
  const [article, hang] = site.requests;
  assert.equal(article?.origin, site.otherUrl);
  assert.equal(article?.headers["x-mine"], "1");
  assert.equal(article?.state, "answered");
  assert.equal(hang?.target, "/slow/hang");
  await waitUntil(() => hang?.state === "left", 2000);
});

test("legacy charsets are sent as bytes that decode to the sentence", async () => {
  for (const label of ["shift_jis", "windows-1251", "gb18030", "big5", "euc-kr", "utf-16be"]) {
    const bytes = await (await fetch(`${site.url}/charset/nowhere/${label}`)).arrayBuffer();
    const text = new TextDecoder(label, { fatal: true }).decode(bytes);
    assert.match(text, /<\/html>/);
    assert.doesNotMatch(text, /<p>[^<]*\?/);
  }
});

test("broken answers break", async () => {
  for (const name of ["reset", "close", "reset-in-body", "chunks-cut", "no-http", "header-flood"]) {
    await assert.rejects(
      async () => (await fetch(`${site.url}/broken/${name}`)).arrayBuffer(),
      `/broken/${name}`,
    );
  }
  const hints = await fetch(`${site.url}/broken/early-hints`);
  assert.match(await hints.text(), /harbour/);
});

test("the site stops while a visitor hangs", async () => {
  const brief = await startSite();
  const hanging = assert.rejects(fetch(`${brief.url}/slow/hang`));
  await waitUntil(() => brief.requests.length === 1, 2000);
  await brief.stop();
  await hanging;
});
