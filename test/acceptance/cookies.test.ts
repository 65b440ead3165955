import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Lab, startLab } from "../support/lab.ts";
import { readPage } from "../support/shapes.ts";

let lab: Lab;
before(async () => {
  lab = await startLab();
});
after(() => lab.stop());

test("a site that sets a cookie and redirects to itself does not loop", async () => {
  const body = { url: `${lab.site.url}/cookie/needed`, formats: ["markdown"] };
  const { data, metadata } = readPage(await lab.api.extract(body));
  assert.match(data.markdown ?? "", /Welcome back/);
  assert.equal(metadata.response.redirects.length, 1);
});

test("a site's cookie joins the caller's own", async () => {
  lab.site.reset();
  const headers = { Cookie: "mine=1" };
  readPage(await lab.api.extract({ url: `${lab.site.url}/cookie/needed`, headers }));
  const cookies = lab.site.requests.map((request) => request.headers.cookie);
  assert.equal(cookies[0], "mine=1");
  assert.deepEqual(cookies[1]?.split("; ").toSorted(), ["mine=1", "seen=yes"]);
});

test("cookies go only where they belong", async () => {
  const body = { url: `${lab.site.url}/cookie/other`, headers: { Cookie: "callers=1" } };
  const { data } = readPage(await lab.api.extract(body));
  const echo: { headers: { cookie?: string } } = JSON.parse(data.html ?? "");
  assert.equal(echo.headers.cookie, "mine=1", "same host: kept; other domain, path, caller: not");
});

test("a cookie does not outlive its page", async () => {
  readPage(await lab.api.extract({ url: `${lab.site.url}/cookie/needed` }));
  lab.site.reset();
  readPage(await lab.api.extract({ url: `${lab.site.url}/cookie/needed` }));
  assert.equal(lab.site.requests[0]?.headers.cookie, undefined);
});
