// The site that is read, in a process of its own: `node origin-server.ts LIST`, where LIST is a JSON array of files.
// Page N is served at /N, gzipped once at the start.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { gzipSync } from "node:zlib";

const list: string[] = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8"));
const bodies = list.map((path) => gzipSync(readFileSync(path)));

const server = createServer((request, response) => {
  const body = bodies[Number(request.url?.slice(1))];
  if (body === undefined) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, {
    "content-type": "text/html; charset=utf-8",
    "content-encoding": "gzip",
    "content-length": body.byteLength,
  });
  response.end(body);
});

// A server that is busy for seconds must not find its connections closed: that would be a fault of the benchmark.
server.keepAliveTimeout = 120_000;
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  const port = typeof address === "object" ? address?.port : null;
  process.stdout.write(`Origin listens on http://127.0.0.1:${port}\n`);
});
process.once("SIGTERM", () => process.exit(0));
