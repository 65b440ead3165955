import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Lab, startLab } from "../support/lab.ts";
import { readPage } from "../support/shapes.ts";

let lab: Lab;
before(async () => {
  lab = await startLab();
});
after(() => lab.stop());

test("metadata tells what was asked and how the page was got", async () => {
  const { metadata, tokens_charged } = readPage(
    await lab.api.extract({ url: `${lab.site.url}/redirect?to=/article`, formats: ["markdown"] }),
  );
  const served = await (await fetch(`${lab.site.url}/article`)).arrayBuffer();
  const { duration_ms, page, ...rest } = metadata;
  assert.deepEqual(rest, {
    url: `${lab.site.url}/redirect?to=/article`,
    render_js: false,
    http_status: 200,
    retry_count: 0,
    formats: ["markdown"],
    processing_mode: "sync",
    response: {
      final_url: `${lab.site.url}/article`,
      content_type: "text/html; charset=utf-8",
      bytes: served.byteLength,
      redirects: [`${lab.site.url}/article`],
    },
  });
  assert.ok(duration_ms < 10_000);
  assert.equal(tokens_charged, 1);
  assert.equal(page.title, "The mill turns again");
});

test("the page's own metadata are read", async () => {
  const { metadata } = readPage(await lab.api.extract({ url: `${lab.site.url}/article` }));
  assert.deepEqual(metadata.page, {
    title: "The mill turns again",
    description: "After forty years of silence the tide mill grinds flour again.",
    author: "Ada Millward",
    published_at: metadata.page.published_at,
    modified_at: metadata.page.modified_at,
    language: "en",
    site_name: "Harbour Gazette",
    canonical_url: `${lab.site.url}/article`,
    image: `${lab.site.url}/images/mill.jpg`,
    type: "article",
  });
  const { published_at, modified_at } = metadata.page;
  assert.equal(Date.parse(published_at ?? ""), Date.parse("2026-03-02T08:30:00+01:00"));
  assert.equal(Date.parse(modified_at ?? ""), Date.parse("2026-03-03T10:00:00+01:00"));
});

test("what the page does not say is null", async () => {
  const { metadata } = readPage(await lab.api.extract({ url: `${lab.site.url}/page/1` }));
  const { title, language, type, ...rest } = metadata.page;
  assert.deepEqual([title, language], ["Page 1", "en"]);
  for (const [name, value] of Object.entries(rest)) assert.equal(value, null, name);
});

test("relative addresses of the metadata are resolved against base", async () => {
  const { metadata } = readPage(await lab.api.extract({ url: `${lab.site.url}/base` }));
  assert.equal(metadata.page.canonical_url, `${lab.site.url}/somewhere/canonical`);
  assert.equal(metadata.page.language, "de");
});

const SPELLINGS = [
  ["/echo/a/../b", "/echo/b"],
  ["/echo/ü", "/echo/%C3%BC"],
  ["/echo?q=a b", "/echo?q=a%20b"],
];

test("url is the requested one, normalised", async () => {
  for (const [asked, normal] of SPELLINGS) {
    const { metadata } = readPage(await lab.api.extract({ url: lab.site.url + asked }));
    assert.equal(metadata.url, lab.site.url + normal);
  }
  const shouted = lab.site.url.replace("http:", "HTTP:");
  const { metadata } = readPage(await lab.api.extract({ url: `${shouted}/article` }));
  assert.equal(metadata.url, `${lab.site.url}/article`);
});

test("headers come back where the request had some, with sensitive values masked", async () => {
  const headers = {
    "X-Plain": "seen",
    Authorization: "Bearer abc",
    Cookie: "a=b",
    "X-Api-Token": "abc",
    "My-Session": "abc",
    "X-Secret": "abc",
    "X-Auth-User": "abc",
    "api-key": "abc",
  };
  const answer = await lab.api.extract({ url: `${lab.site.url}/article`, headers });
  assert.deepEqual(readPage(answer).metadata.headers, {
    "X-Plain": "seen",
    Authorization: "***",
    Cookie: "***",
    "X-Api-Token": "***",
    "My-Session": "***",
    "X-Secret": "***",
    "X-Auth-User": "***",
    "api-key": "***",
  });
});

test("secrets of a request reach neither the log nor the data folder", async () => {
  const secret = "s3cr3t-value-of-a-header";
  const answer = await lab.api.extract({
    url: `${lab.site.url}/echo?token=${secret}-query`,
    headers: { Authorization: secret },
  });
  readPage(answer);
  assert.ok(!lab.quern.stderr().includes(secret));
  assert.ok(!lab.quern.stdout().includes(secret));
});
