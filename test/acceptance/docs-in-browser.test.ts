import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Browser, chromium, type Page } from "playwright-core";
import { findChromium } from "../support/find-chromium.ts";
import { type Quern, startQuern } from "../support/start-quern.ts";

let quern: Quern;
let browser: Browser;
before(async () => {
  quern = await startQuern();
  browser = await chromium.launch({
    executablePath: await findChromium(),
    // Tests run as root in containers, where the sandbox is not to be had; the page is our own.
    chromiumSandbox: false,
  });
});
after(async () => {
  await browser.close();
  await quern.stop();
});

/** What a page asked for and complained about while `work` ran. */
async function openReference(page: Page) {
  const asked: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("requestfailed", (request) => complaints.push(`${request.url()} failed`));
  const response = await page.goto(`${quern.url}/docs`, { waitUntil: "networkidle" });
  return { asked, complaints, status: response?.status() };
}

test("the reference renders in a browser, loads nothing from elsewhere and has nothing to complain about", async () => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const { asked, complaints, status } = await openReference(page);
  assert.equal(status, 200);
  assert.deepEqual(complaints, []);
  for (const url of asked)
    assert.ok(url.startsWith(`${quern.url}/`) || url.startsWith("data:"), url);
  assert.ok(await page.getByText("/v1/extract").first().isVisible());
  assert.ok((await page.getByRole("heading").count()) > 3);
  await page.close();
});

test("links within the reference lead to a place in it", async () => {
  const page = await browser.newPage();
  await openReference(page);
  const dead = await page.evaluate(() =>
    [...document.querySelectorAll("a[href^='#']")]
      .map((link) => link.getAttribute("href")?.slice(1) ?? "")
      .filter((id) => id !== "" && document.getElementById(decodeURIComponent(id)) === null),
  );
  assert.deepEqual(dead, []);
  await page.close();
});

test("the reference fits a narrow screen", async () => {
  const page = await browser.newPage({ viewport: { width: 390, height: 800 } });
  await openReference(page);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  assert.equal(overflow, 0, "the page scrolls sideways");
  await page.close();
});
