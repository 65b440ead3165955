import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { describeEnds } from "./store-compliance/describe-ends.ts";
import { describeKeys } from "./store-compliance/describe-keys.ts";
import { describeLists } from "./store-compliance/describe-lists.ts";
import { describeModel } from "./store-compliance/describe-model.ts";
import { describeResults } from "./store-compliance/describe-results.ts";
import { describeRetention } from "./store-compliance/describe-retention.ts";
import { describeSubmissions } from "./store-compliance/describe-submissions.ts";
import { describeUsage } from "./store-compliance/describe-usage.ts";
import { describeWork } from "./store-compliance/describe-work.ts";
import type { OpenForTest } from "./store-compliance/opened-store.ts";
import { newJob } from "./store-compliance/sample-jobs.ts";
import { storedKey } from "./stored-key.ts";

/** What every store promises, whatever engine it stands on. Each call of `open` gives one with nothing in it. */
export function describeStore(engine: string, open: OpenForTest): void {
  describe(`a store on ${engine}`, () => {
    for (const describeSubject of SUBJECTS) describeSubject(open);

    test("answers a ping and finds no damage", async () => {
      const { store, stop } = await open();
      await store.ping();
      assert.deepEqual(await store.check(), []);
      await stop();
    });

    test("a stopped one has committed everything and answers UNAVAILABLE", async () => {
      const { store, openBeside, stop } = await open();
      const [stored, job] = [storedKey({}), newJob()];
      const writes = [store.keys.insert(stored), store.jobs.submit(job)];
      await Promise.all([...writes, store.stop()]);
      const unavailable = { name: "RequestError", code: "UNAVAILABLE" };
      await assert.rejects(store.ping(), unavailable);
      await assert.rejects(store.keys.list(), unavailable);
      await assert.rejects(store.jobs.submit(newJob()), unavailable);
      await assert.rejects(store.work.listWaitingKeys({ after: null, limit: 1 }), unavailable);
      const again = await openBeside();
      assert.deepEqual(await again.keys.findByPrefix(stored.key.prefix), [stored]);
      assert.equal((await again.jobs.find(job))?.status, "queued");
      await again.stop();
      await stop();
    });
  });
}

const SUBJECTS = [
  ...[describeKeys, describeSubmissions, describeResults, describeEnds, describeLists],
  ...[describeWork, describeUsage, describeRetention, describeModel],
];
