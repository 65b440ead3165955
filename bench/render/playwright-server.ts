// Plain use of a browser driver behind the least HTTP: `node playwright-server.ts BROWSER`. A new context for each page,
// as its own documentation recommends; the page is read when the network is idle.
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { chromium } from "playwright-core";

const browser = await chromium.launch({
  executablePath: process.argv[2] ?? "",
  // As Quern has it where it runs as root, as benchmarks in containers do.
  chromiumSandbox: process.getuid?.() !== 0,
});

const server = createServer(async (request, response) => {
  const { url } = JSON.parse(await text(request));
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(url, { waitUntil: "networkidle" });
    response.end(JSON.stringify({ data: { html: await page.content() } }));
  } catch (error) {
    response.writeHead(422).end(String(error));
  } finally {
    await context.close();
  }
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  const port = typeof address === "object" ? address?.port : null;
  process.stdout.write(`Playwright listens on http://127.0.0.1:${port}\n`);
});
process.once("SIGTERM", async () => {
  await browser.close();
  process.exit(0);
});
