// The least that any such server does: fetch, gunzip, decode. What it costs is what nothing can go below.
import { createServer } from "node:http";
import { json } from "node:stream/consumers";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { Agent, request } from "undici";

const agent = new Agent({ keepAliveTimeout: 30_000 });
const unzip = promisify(gunzip);

const server = createServer(async (incoming, outgoing) => {
  try {
    const { url } = await json(incoming);
    const html = await fetchPage(url);
    outgoing.setHeader("content-type", "application/json");
    outgoing.end(JSON.stringify({ data: { markdown: html.slice(0, 1000) } }));
  } catch (error) {
    outgoing.writeHead(502).end(JSON.stringify({ error: String(error) }));
  }
});

async function fetchPage(url) {
  const { headers, body } = await request(url, {
    dispatcher: agent,
    headers: { "accept-encoding": "gzip" },
  });
  const bytes = Buffer.from(await body.arrayBuffer());
  const isZipped = headers["content-encoding"] === "gzip";
  return new TextDecoder("utf-8").decode(isZipped ? await unzip(bytes) : bytes);
}

server.listen(Number(process.argv[2] ?? 0), "127.0.0.1", () => {
  process.stdout.write(`Peer listens on http://127.0.0.1:${server.address().port}\n`);
});
process.once("SIGTERM", () => {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
});
