import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Lab, startLab } from "../support/lab.ts";
import { readPage } from "../support/shapes.ts";

let lab: Lab;
before(async () => {
  lab = await startLab();
});
after(() => lab.stop());

async function linksOf(path: string): Promise<string[] | null> {
  const body = { url: lab.site.url + path, extract_links: true };
  return readPage(await lab.api.extract(body)).data.links;
}

test("links are absolute, without fragment, unique and in document order", async () => {
  const { url } = lab.site;
  assert.deepEqual(await linksOf("/links"), [
    `${url}/article`,
    `${url}/docs`,
    `${url}/table?x=1&y=2`,
    `${url}/links?page=2`,
    "http://127.0.0.1/elsewhere",
    "https://example.org/",
    `${url}/%C3%BCber%20stra%C3%9Fe`,
    `${url}/spaces-around`,
    `${url}/nofollow`,
    `${url}/links`,
    `${url}/area`,
    `${url}/imprint`,
  ]);
});

test("links are of the whole page, also of what is no main content", async () => {
  const links = (await linksOf("/article")) ?? [];
  for (const path of ["/page/3", "/page/12", "/page/5", "/page/7"]) {
    assert.ok(links.includes(lab.site.url + path), path);
  }
});

test("links are resolved against base and the final URL", async () => {
  const links = (await linksOf("/base")) ?? [];
  assert.ok(links.includes(`${lab.site.url}/somewhere/else/seite`));
  const redirected = (await linksOf("/redirect/other?to=/links")) ?? [];
  assert.ok(redirected.includes(`${lab.site.otherUrl}/docs`));
});

test("links are null where they were not asked for", async () => {
  const { data } = readPage(await lab.api.extract({ url: `${lab.site.url}/links` }));
  assert.equal(data.links, null);
});

test("a page without links has an empty list", async () => {
  assert.deepEqual(await linksOf("/odd/no-tags"), []);
});
