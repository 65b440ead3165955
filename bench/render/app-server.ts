// The applications that are rendered, in a process of its own: `node app-server.ts`. Each page is a shell whose script
// asks for its text, as those that need a browser are, with a style, a font and a dozen pictures beside it.
import { createServer } from "node:http";

const TEXT = Array.from(
  { length: 60 },
  (_, n) =>
    `<p>Paragraph ${n} tells of the harbour, its lamps, its gulls and its crates of fish.</p>`,
).join("");
const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const PICTURES = Array.from({ length: 12 }, (_, n) => `<img src="/picture-${n}.png" alt="">`);

const SHELL = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>An application</title>
<link rel="stylesheet" href="/style.css"></head><body><div id="root"></div>${PICTURES.join("")}
<script src="/app.js"></script></body></html>`;
const STYLE = "@font-face { font-family: own; src: url(/own.woff2) } body { font-family: own }";
const APP = `let sum = 0; for (let n = 0; n < 2e6; n += 1) sum += Math.sqrt(n);
fetch("/text").then((answer) => answer.text()).then((text) => {
  root.innerHTML = "<main><h1>The harbour</h1>" + text + "</main>"; });`;

const FILES: Readonly<Record<string, readonly [type: string, body: string | Buffer]>> = {
  "/style.css": ["text/css", STYLE],
  "/app.js": ["text/javascript", APP],
  "/text": ["text/html", TEXT],
  "/own.woff2": ["font/woff2", ""],
};

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? "", "http://origin");
  const picture = pathname.endsWith(".png") ? (["image/png", PICTURE] as const) : null;
  const [type, body] = FILES[pathname] ?? picture ?? ["text/html; charset=utf-8", SHELL];
  response.writeHead(200, { "content-type": type }).end(body);
});
server.keepAliveTimeout = 120_000;
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  const port = typeof address === "object" ? address?.port : null;
  process.stdout.write(`Origin listens on http://127.0.0.1:${port}\n`);
});
process.once("SIGTERM", () => process.exit(0));
