// A page to Markdown with the usual parts: what one would write without Quern.
// One process, connections kept open, one object per library.
import { Readability } from "@mozilla/readability";
import fastify from "fastify";
import { parseHTML } from "linkedom";
import TurndownService from "turndown";
import { Agent, fetch } from "undici";

const agent = new Agent({ keepAliveTimeout: 30_000 });
const turndown = new TurndownService({ headingStyle: "atx", codeBlockStyle: "fenced" });

const server = fastify();
const body = {
  type: "object",
  required: ["url"],
  properties: { url: { type: "string", pattern: "^https?://" } },
};

server.post("/v1/extract", { schema: { body } }, async (request, reply) => {
  const response = await fetch(request.body.url, {
    dispatcher: agent,
    headers: { accept: "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8" },
    signal: AbortSignal.timeout(30_000),
  });
  const html = await decode(response);
  if (!response.ok) return reply.code(502).send({ error: `The page answered ${response.status}` });
  return { data: { markdown: toMarkdown(html) }, metadata: { url: response.url } };
});

async function decode(response) {
  const charset = /charset="?([^\s;"]+)/i.exec(response.headers.get("content-type") ?? "")?.[1];
  return new TextDecoder(charset ?? "utf-8").decode(await response.arrayBuffer());
}

function toMarkdown(html) {
  const article = new Readability(parseHTML(html).document).parse();
  return turndown.turndown(article?.content ?? html);
}

const address = await server.listen({ host: "127.0.0.1", port: Number(process.argv[2] ?? 0) });
process.stdout.write(`Peer listens on ${address}\n`);
process.once("SIGTERM", () => server.close().then(() => process.exit(0)));
