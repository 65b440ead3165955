// Jobs in PostgreSQL: `node server.mjs PORT [--no-work]`, PORT being that of PostgreSQL.
import { PgBoss } from "pg-boss";
import { JOBS_AT_ONCE, serveQueue, work } from "../serve-queue.mjs";

const [port, mode] = process.argv.slice(2);
const boss = new PgBoss({
  connectionString: `postgres://postgres@127.0.0.1:${port}/postgres`,
  max: JOBS_AT_ONCE,
});
boss.on("error", (error) => process.stderr.write(`${error.stack}\n`));
await boss.start();
await boss.createQueue("pages");

// Batches, and the next one at once while they are full: the fastest way that pg-boss has. Each job keeps its own result.
if (mode !== "--no-work") {
  const options = {
    batchSize: JOBS_AT_ONCE,
    burstWhenBatchFull: true,
    pollingIntervalSeconds: 0.5,
    perJobResults: true,
  };
  await boss.work("pages", options, (jobs) =>
    Promise.all(
      jobs.map(async ({ id, data }) => ({ id, status: "completed", output: await work(data) })),
    ),
  );
}

await serveQueue({
  submit: (order) => boss.send("pages", order),
  find: async (id) => {
    const [job] = await boss.findJobs("pages", { id });
    return { status: job?.state, ...job?.output };
  },
  countCompleted: async () => {
    const sql = "SELECT count(*) FROM pgboss.job WHERE name = 'pages' AND state = 'completed'";
    const { rows } = await boss.getDb().executeSql(sql);
    return Number(rows[0]?.count);
  },
  stop: () => boss.stop({ graceful: true }),
});
