// What the peers of the jobs benchmark have in common: the routes in front of a queue, and the work of its jobs. The
// routes are as thin as they can be, and answer what Quern's answer: 202 when the job is on disk.
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import fastify from "fastify";
import { Agent, request } from "undici";

/** As many at once as Quern is set to in the benchmark. */
export const JOBS_AT_ONCE = 50;

const agent = new Agent({ connections: JOBS_AT_ONCE, keepAliveTimeout: 30_000 });
const unzip = promisify(gunzip);

/** Reads the page and gives it back as the result; of a job without a URL there is nothing to do. */
export async function work({ url }) {
  if (url === undefined) return { data: { markdown: "" } };
  const { headers, body } = await request(url, {
    dispatcher: agent,
    headers: { "accept-encoding": "gzip" },
  });
  const bytes = Buffer.from(await body.arrayBuffer());
  const isZipped = headers["content-encoding"] === "gzip";
  return { data: { markdown: (isZipped ? await unzip(bytes) : bytes).toString() } };
}

/** `submit` resolves with the id of a job that is on disk, `find` with its status and result. */
export async function serveQueue({ submit, find, countCompleted, stop }) {
  const server = fastify();
  const body = { type: "object", properties: { url: { type: "string", pattern: "^https?://" } } };

  server.post("/v1/extract", { schema: { body } }, async ({ body: { url } }, reply) => {
    const id = await submit({ url });
    return reply.code(202).send({ job_id: id, status: "queued", status_url: `/v1/extract/${id}` });
  });
  server.get("/v1/extract/:id", async ({ params: { id } }) => find(id));
  server.get("/v1/statistics", async () => ({ extraction_count: await countCompleted() }));

  const address = await server.listen({ host: "127.0.0.1", port: 0 });
  process.stdout.write(`Peer listens on ${address}\n`);
  process.once("SIGTERM", async () => {
    await server.close();
    await stop();
    process.exit(0);
  });
}
