// A process for crash tests: takes jobs their whole way, several at once, and tells its parent which are accepted and
// which have ended, or why no more are.
import { openStore } from "../../src/store/open-store.ts";
import { claimed, completed, submitted } from "./store-compliance/sample-jobs.ts";

// As in insert-keys.ts: the write fails, and the process lives.
process.on("SIGXFSZ", () => undefined);
const store = await openStore({ dataDir: process.argv[2] ?? "", role: "server" });
await store.work.enlist("worker", 60_000);
try {
  await Promise.all(Array.from({ length: 8 }, runForever));
} catch (error) {
  const { code, cause } = Object(error);
  process.send?.({ failed: `${code}: ${cause}`, open: await store.jobs.countOpen() });
  await store.stop();
  process.disconnect?.();
}

async function runForever(): Promise<void> {
  for (;;) {
    const job = await submitted(store, { account: "a", keyId: "k" });
    process.send?.({ accepted: job.id });
    const claim = await claimed(store, "worker", job.id);
    if (await store.work.finish(claim, completed())) process.send?.({ ended: job.id });
  }
}
