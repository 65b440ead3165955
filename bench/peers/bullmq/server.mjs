// Jobs in Redis: `node server.mjs PORT [--no-work]`, PORT being that of Redis.
import { Queue, Worker } from "bullmq";
import { JOBS_AT_ONCE, serveQueue, work } from "../serve-queue.mjs";

const [port, mode] = process.argv.slice(2);
const connection = { host: "127.0.0.1", port: Number(port), maxRetriesPerRequest: null };
const queue = new Queue("pages", { connection });
await queue.waitUntilReady();

const worker =
  mode === "--no-work"
    ? null
    : new Worker("pages", ({ data }) => work(data), { connection, concurrency: JOBS_AT_ONCE });
await worker?.waitUntilReady();

await serveQueue({
  submit: async (order) => (await queue.add("page", order)).id,
  find: async (id) => {
    const job = await queue.getJob(id);
    return { status: await job?.getState(), ...job?.returnvalue };
  },
  countCompleted: () => queue.getCompletedCount(),
  stop: async () => {
    await worker?.close();
    await queue.close();
  },
});
