import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Store } from "../../../src/store/store.ts";
import type { ReclaimOrder } from "../../../src/store/work-store.ts";
import { type OpenForTest, withStore } from "./opened-store.ts";
import {
  asEnded,
  asQueued,
  cancelled,
  claimed,
  completed,
  ENDED_AT,
  EXPIRES_AT,
  failed,
  jobError,
  submitted,
} from "./sample-jobs.ts";

const LEASE_MS = 10_000;

export function describeWork(open: OpenForTest): void {
  describe("the queue", () => {
    describeWaiting(open);
    describeClaims(open);
  });
  describe("leases", () => {
    describeLeases(open);
    describeReclaiming(open);
    describePoison(open);
  });
}

function describeWaiting(open: OpenForTest): void {
  test("names the keys that have queued jobs, each once, page by page", async () => {
    await withStore(open, async (store) => {
      const { work } = store;
      assert.deepEqual(await work.listWaitingKeys({ after: null, limit: 10 }), []);
      for (const keyId of ["k1", "k3", "k2", "k1", "k1"]) await submitted(store, { keyId });
      assert.deepEqual(await work.listWaitingKeys({ after: null, limit: 10 }), ["k1", "k2", "k3"]);
      assert.deepEqual(await work.listWaitingKeys({ after: null, limit: 2 }), ["k1", "k2"]);
      assert.deepEqual(await work.listWaitingKeys({ after: "k2", limit: 2 }), ["k3"]);
      assert.deepEqual(await work.listWaitingKeys({ after: "k3", limit: 2 }), []);
      assert.deepEqual(await work.listWaitingKeys({ after: "k15", limit: 1 }), ["k2"]);
    });
  });

  test("forgets a key whose jobs are all taken or ended", async () => {
    await withStore(open, async (store) => {
      const { work } = store;
      const [taken, ended] = [
        await submitted(store, { keyId: "taken" }),
        await submitted(store, { keyId: "ended" }),
      ];
      await work.enlist("w", LEASE_MS);
      await claimed(store, "w", taken.id);
      await store.jobs.cancel(ended, cancelled());
      assert.deepEqual(await work.listWaitingKeys({ after: null, limit: 10 }), []);
      await work.leave("w");
      assert.deepEqual(await work.listWaitingKeys({ after: null, limit: 10 }), ["taken"]);
    });
  });

  test("gives a key's jobs oldest first, without those of full hosts", async () => {
    await withStore(open, async (store) => {
      const hosts = ["h1", "h2", "h1", "h3", "h2"];
      const ids: string[] = [];
      for (const host of hosts) ids.push((await submitted(store, { keyId: "k", host })).id);
      await submitted(store, { keyId: "other", host: "h1" });
      const listed = async (fullHosts: readonly string[], limit = 10) =>
        (await store.work.listWaiting({ keyId: "k", fullHosts, limit })).map(({ id, host }) => {
          assert.equal(host, hosts[ids.indexOf(id)]);
          return ids.indexOf(id);
        });
      assert.deepEqual(await listed([]), [0, 1, 2, 3, 4]);
      assert.deepEqual(await listed([], 2), [0, 1]);
      assert.deepEqual(await listed(["h1"]), [1, 3, 4]);
      assert.deepEqual(await listed(["h1", "h2", "h9"], 1), [3]);
      assert.deepEqual(await listed(["h1", "h2", "h3"]), []);
    });
  });
}

function describeClaims(open: OpenForTest): void {
  test("gives a worker what was asked for, whole", async () => {
    await withStore(open, async (store) => {
      const job = await submitted(store);
      await store.work.enlist("w", LEASE_MS);
      const { id, account, keyId, host, order, requestId, createdAt } = job;
      assert.deepEqual(await store.work.claim("w", [id]), [
        { id, account, keyId, host, order, requestId, createdAt, fence: 1, version: 2 },
      ]);
      const found = await store.jobs.find(job);
      assert.deepEqual(found, { ...asQueued(job), status: "processing", version: 2 });
    });
  });

  test("takes those of the ids that are still queued, and no other", async () => {
    await withStore(open, async (store) => {
      const [free, taken, ended] = [
        await submitted(store),
        await submitted(store),
        await submitted(store),
      ];
      await store.work.enlist("w", LEASE_MS);
      await claimed(store, "w", taken.id);
      await store.jobs.cancel(ended, cancelled());
      const ids = [taken.id, "nobody", free.id, ended.id, free.id];
      const claims = await store.work.claim("w", ids);
      assert.deepEqual(
        claims.map(({ id }) => id),
        [free.id],
      );
      assert.deepEqual(await store.work.claim("w", []), []);
    });
  });

  test("gives each job to one of the workers that reach for it at once", async () => {
    await withStore(open, async (store) => {
      const made = await Promise.all(Array.from({ length: 40 }, () => submitted(store)));
      const ids = made.map(({ id }) => id);
      const workers = ["w1", "w2", "w3"];
      await Promise.all(workers.map((worker) => store.work.enlist(worker, LEASE_MS)));
      // Each reaches for all, in two halves, which overlap with the others'.
      const reaches = workers.flatMap((worker) => [
        store.work.claim(worker, ids.slice(0, 25)),
        store.work.claim(worker, ids.slice(15)),
      ]);
      const claims = (await Promise.all(reaches)).flat();
      assert.deepEqual(claims.map(({ id }) => id).toSorted(), ids.toSorted());
      assert.ok(claims.every(({ fence }) => fence === 1));
    });
  });

  test("gives nothing to who has no lease", async () => {
    await withStore(open, async (store, clock) => {
      const { id } = await submitted(store);
      assert.deepEqual(await store.work.claim("stranger", [id]), []);
      await store.work.enlist("gone", LEASE_MS);
      await store.work.leave("gone");
      assert.deepEqual(await store.work.claim("gone", [id]), []);
      await store.work.enlist("silent", LEASE_MS);
      clock.steadyMs += LEASE_MS;
      assert.deepEqual(await store.work.claim("silent", [id]), []);
      await store.work.enlist("alive", LEASE_MS);
      assert.equal((await store.work.claim("alive", [id])).length, 1);
    });
  });
}

function describeLeases(open: OpenForTest): void {
  test("last as long as they are renewed in time", async () => {
    await withStore(open, async (store, clock) => {
      await store.work.enlist("w", LEASE_MS);
      for (let beat = 0; beat < 3; beat += 1) {
        clock.steadyMs += LEASE_MS - 1;
        assert.equal(await store.work.renew("w", LEASE_MS), true);
      }
      clock.steadyMs += LEASE_MS;
      assert.equal(await store.work.renew("w", LEASE_MS), false);
      assert.equal(await store.work.renew("stranger", LEASE_MS), false);
    });
  });

  test("that were left are over, and what was held goes back to its place in the queue", async () => {
    await withStore(open, async (store) => {
      const keyId = "k";
      const [first, second, others] = [
        await submitted(store, { keyId }),
        await submitted(store, { keyId }),
        await submitted(store, { keyId }),
      ];
      await store.work.enlist("leaver", LEASE_MS);
      await store.work.enlist("stayer", LEASE_MS);
      const claim = await claimed(store, "leaver", first.id);
      await claimed(store, "stayer", others.id);
      const given = await store.work.leave("leaver");
      assert.deepEqual(given, [{ ...asQueued(first), version: 3 }]);
      assert.equal(await store.work.renew("leaver", LEASE_MS), false);
      assert.equal(await store.work.finish(claim, completed()), false);
      const waiting = await store.work.listWaiting({ keyId, fullHosts: [], limit: 10 });
      assert.deepEqual(
        waiting.map(({ id }) => id),
        [first.id, second.id],
      );
      assert.deepEqual(await store.work.leave("leaver"), []);
      assert.deepEqual(await store.work.leave("stranger"), []);
    });
  });

  test("don't follow a clock that jumps: steady time alone ends them", async () => {
    await withStore(open, async (store, clock) => {
      const job = await submitted(store);
      await store.work.enlist("w", LEASE_MS);
      const claim = await claimed(store, "w", job.id);
      for (const jumpMs of [-3_600_000, 365 * 86_400_000]) {
        clock.wallMs += jumpMs;
        assert.equal(await store.work.renew("w", LEASE_MS), true);
        assert.deepEqual(await store.work.reclaim(reclaimOrder()), []);
      }
      assert.equal(await store.work.finish(claim, completed()), true);
    });
  });

  test("a result that comes late counts as long as nobody has taken the job away", async () => {
    await withStore(open, async (store, clock) => {
      const job = await submitted(store);
      await store.work.enlist("slow", LEASE_MS);
      const claim = await claimed(store, "slow", job.id);
      clock.steadyMs += 2 * LEASE_MS;
      assert.equal(await store.work.finish(claim, completed()), true);
      assert.deepEqual(await store.work.reclaim(reclaimOrder()), []);
    });
  });
}

function describeReclaiming(open: OpenForTest): void {
  test("takes the jobs of silent workers, and of no other", async () => {
    await withStore(open, async (store, clock) => {
      const [lost, kept, queued] = [
        await submitted(store),
        await submitted(store),
        await submitted(store),
      ];
      await store.work.enlist("dead", LEASE_MS);
      await store.work.enlist("alive", LEASE_MS);
      await claimed(store, "dead", lost.id);
      const keptClaim = await claimed(store, "alive", kept.id);
      assert.deepEqual(await store.work.reclaim(reclaimOrder()), []);
      clock.steadyMs += LEASE_MS - 1;
      await store.work.renew("alive", LEASE_MS);
      clock.steadyMs += 1;
      const taken = await store.work.reclaim(reclaimOrder());
      assert.deepEqual(taken, [{ ...asQueued(lost), version: 3 }]);
      assert.deepEqual(await store.jobs.find(queued), asQueued(queued));
      assert.deepEqual(await store.work.reclaim(reclaimOrder()), [], "once");
      assert.equal(await store.work.renew("dead", LEASE_MS), false);
      assert.equal(await store.work.finish(keptClaim, completed()), true);
    });
  });

  test("the fence: who lost a job changes nothing, whoever has it now", async () => {
    await withStore(open, async (store, clock) => {
      const job = await submitted(store);
      await store.work.enlist("old", LEASE_MS);
      const oldClaim = await claimed(store, "old", job.id);
      clock.steadyMs += LEASE_MS;
      await store.work.reclaim(reclaimOrder());
      assert.equal(await store.work.finish(oldClaim, completed()), false, "queued");
      await store.work.enlist("new", LEASE_MS);
      const newClaim = await claimed(store, "new", job.id);
      assert.equal(newClaim.fence, 2);
      assert.equal(await store.work.finish(oldClaim, completed()), false, "processing");
      assert.equal(
        await store.work.finish({ id: job.id, fence: 3 }, completed()),
        false,
        "guessed",
      );
      assert.deepEqual(await store.work.leave("old"), []);
      const before = await store.jobs.find(job);
      assert.ok(before);
      assert.equal(await store.work.finish(newClaim, failed()), true);
      assert.equal(await store.work.finish(oldClaim, completed()), false, "ended");
      assert.deepEqual(await store.jobs.find(job), asEnded(before, failed()));
      assert.equal((await store.jobs.findResult(job.id))?.data, null);
    });
  });

  test("goes in steps of its limit until nothing is left", async () => {
    await withStore(open, async (store, clock) => {
      const made = await Promise.all(Array.from({ length: 7 }, () => submitted(store)));
      const ids = made.map(({ id }) => id);
      await store.work.enlist("dead", LEASE_MS);
      await store.work.claim("dead", ids);
      clock.steadyMs += LEASE_MS;
      const steps: string[][] = [];
      for (let step = 0; step < 4; step += 1) {
        const taken = await store.work.reclaim(reclaimOrder({ limit: 3 }));
        steps.push(taken.map(({ id }) => id));
      }
      assert.deepEqual(
        steps.map(({ length }) => length),
        [3, 3, 1, 0],
      );
      assert.deepEqual(steps.flat().toSorted(), ids.toSorted());
    });
  });
}

function describePoison(open: OpenForTest): void {
  for (const maxDeaths of [1, 3]) {
    test(`a job ends as poison at death ${maxDeaths} when that is the limit`, async () => {
      await withStore(open, async (store, clock) => {
        const job = await submitted(store);
        for (let death = 1; death < maxDeaths; death += 1) {
          await dieWith(store, job.id, `w${death}`);
          clock.steadyMs += LEASE_MS;
          const [back] = await store.work.reclaim(reclaimOrder({ maxDeaths }));
          assert.equal(back?.status, "queued", `death ${death}`);
        }
        await dieWith(store, job.id, "last");
        clock.steadyMs += LEASE_MS;
        const { error } = reclaimOrder().poison;
        const end = failed({ error, durationMs: null });
        const version = 2 * maxDeaths;
        const expected = asEnded({ ...asQueued(job), version }, end);
        assert.deepEqual(await store.work.reclaim(reclaimOrder({ maxDeaths })), [expected]);
        assert.deepEqual(await store.jobs.find(job), expected);
        assert.equal((await store.jobs.listEvents(job.id, 0)).length, version + 1);
        const [day] = await store.usage.listDays({ account: job.account, ...ALL_DAYS });
        assert.deepEqual([day?.failed, day?.tokens], [1, 0]);
      });
    });
  }

  test("work that was given back is no death", async () => {
    await withStore(open, async (store, clock) => {
      const job = await submitted(store);
      for (const worker of ["w1", "w2", "w3"]) {
        await dieWith(store, job.id, worker);
        await store.work.leave(worker);
      }
      await dieWith(store, job.id, "w4");
      clock.steadyMs += LEASE_MS;
      const [back] = await store.work.reclaim(reclaimOrder({ maxDeaths: 2 }));
      assert.equal(back?.status, "queued");
    });
  });

  test("in one step some jobs go back and others end", async () => {
    await withStore(open, async (store, clock) => {
      const [weary, fresh] = [await submitted(store), await submitted(store)];
      await dieWith(store, weary.id, "w1");
      clock.steadyMs += LEASE_MS;
      await store.work.reclaim(reclaimOrder({ maxDeaths: 2 }));
      await store.work.enlist("w2", LEASE_MS);
      await store.work.claim("w2", [weary.id, fresh.id]);
      clock.steadyMs += LEASE_MS;
      const taken = await store.work.reclaim(reclaimOrder({ maxDeaths: 2 }));
      assert.deepEqual(
        new Map(taken.map(({ id, status }) => [id, status])),
        new Map([
          [weary.id, "failed"],
          [fresh.id, "queued"],
        ]),
      );
    });
  });
}

const ALL_DAYS = { from: new Date(0), to: new Date(Date.UTC(2100, 0, 1)) };

/** A worker takes the job, and is not heard of again. */
async function dieWith(store: Store, jobId: string, workerId: string): Promise<void> {
  await store.work.enlist(workerId, LEASE_MS);
  await claimed(store, workerId, jobId);
}

function reclaimOrder(facts: Partial<ReclaimOrder> = {}): ReclaimOrder {
  const error = jobError("WORK_CONCURRENCY_LEASE_EXPIRED");
  const poison = { error, at: ENDED_AT, resultExpiresAt: EXPIRES_AT };
  return { maxDeaths: 3, limit: 100, poison, ...facts };
}
