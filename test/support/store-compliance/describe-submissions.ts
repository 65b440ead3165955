import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Idempotency, Submission } from "../../../src/store/job-store.ts";
import { type OpenForTest, shareStore } from "./opened-store.ts";
import {
  asEnded,
  asQueued,
  budgetOf,
  CREATED_AT,
  cancelled,
  claimed,
  completed,
  ended,
  everythingOf,
  failed,
  type JobFacts,
  newJob,
  recordedJob,
  submitted,
} from "./sample-jobs.ts";

export function describeSubmissions(open: OpenForTest): void {
  describe("submissions", () => {
    const opened = shareStore(open);
    describeAcceptance(opened);
    describeIdempotency(opened);
    describeBudgets(opened);
  });
}

function describeAcceptance(opened: ReturnType<typeof shareStore>): void {
  test("an accepted job is queued as it was sent, and its first event is there", async () => {
    const { jobs } = opened().store;
    const job = newJob({ formats: ["markdown", "html", "text", "content_html"] });
    assert.deepEqual(await jobs.submit(job), { outcome: "accepted" });
    assert.deepEqual(await jobs.find(job), asQueued(job));
    assert.deepEqual(await jobs.listEvents(job.id, 0), [
      { version: 1, status: "queued", at: job.createdAt },
    ]);
  });

  test("a job of another account does not exist, as little as one that was never sent", async () => {
    const { jobs } = opened().store;
    const { id } = await submitted(opened().store);
    for (const who of [{ id, account: "stranger" }, newJob(), { id: "", account: "" }]) {
      assert.equal(await jobs.find(who), null);
      assert.equal(await jobs.cancel(who, cancelled()), null);
      assert.equal(await jobs.purge(who, CREATED_AT), false);
    }
  });

  test("a synchronous extraction is written whole, at its end", async () => {
    const { jobs } = opened().store;
    for (const end of [completed({ data: null }), failed(), cancelled()]) {
      const job = recordedJob({}, end);
      await jobs.record(job);
      const queued = asQueued({ ...newJob(), ...job });
      assert.deepEqual(await jobs.find(job), {
        ...asEnded(queued, end),
        mode: "sync",
        version: 1,
      });
      assert.deepEqual(await jobs.findResult(job.id), { metadata: end.metadata, data: null });
      assert.deepEqual(await jobs.listEvents(job.id, 0), [
        { version: 1, status: end.status, at: end.completedAt },
      ]);
    }
  });

  test("two jobs of one id are an error of ours, and the first one stays", async () => {
    const { jobs } = opened().store;
    const job = await submitted(opened().store);
    await assert.rejects(jobs.submit({ ...job, account: "stranger" }));
    assert.deepEqual(await jobs.find(job), asQueued(job));
  });
}

function describeIdempotency(opened: ReturnType<typeof shareStore>): void {
  test("a key that was used names its job, and says whether the body is the same", async () => {
    const { jobs } = opened().store;
    const first = await submitted(opened().store, { idempotency: idempotency() });
    const again = (facts: JobFacts) => jobs.submit(newJob({ account: first.account, ...facts }));
    const repeated = { outcome: "repeated", jobId: first.id };
    assert.deepEqual(await again({ idempotency: idempotency() }), {
      ...repeated,
      hasSameBody: true,
    });
    assert.deepEqual(await again({ idempotency: idempotency({ bodyHash: "b2" }) }), {
      ...repeated,
      hasSameBody: false,
    });
    const { total } = await jobs.list(everythingOf(first.account));
    assert.equal(total, 1, "a repetition makes no job");
  });

  test("a key is an account's own, and any text", async () => {
    const { store } = opened();
    const key = `%' OR 1=1 --\u00ff${"k".repeat(255)}`;
    const one = await submitted(store, { idempotency: idempotency({ key }) });
    const other = await submitted(store, { idempotency: idempotency({ key }) });
    assert.notEqual(one.account, other.account);
    await submitted(store, {
      account: one.account,
      idempotency: idempotency({ key: key.toUpperCase() }),
    });
  });

  test("twenty submissions of one key at once give one job", async () => {
    const { jobs } = opened().store;
    const account = "twenty";
    const wishes = Array.from({ length: 20 }, () =>
      newJob({ account, idempotency: idempotency() }),
    );
    const answers = await Promise.all(wishes.map((job) => jobs.submit(job)));
    const { jobs: made } = await jobs.list(everythingOf(account));
    assert.equal(made.length, 1);
    assert.equal(countOf(answers, "accepted"), 1);
    const named = answers.flatMap((answer) => (answer.outcome === "repeated" ? answer.jobId : []));
    assert.deepEqual(named, Array(19).fill(made[0]?.id));
  });

  test("a key holds as long as it may, and then for the next job", async () => {
    const { store } = opened();
    const first = await submitted(store, { idempotency: idempotency() });
    const { account, createdAt } = first;
    const at = (ms: number) => new Date(createdAt.getTime() + ms);
    const within = newJob({ account, idempotency: idempotency({ since: at(-1) }) });
    assert.equal((await store.jobs.submit(within)).outcome, "repeated");
    const later = { account, createdAt: at(1000), idempotency: idempotency({ since: at(0) }) };
    const next = await submitted(store, later);
    assert.deepEqual(await store.jobs.submit(newJob(later)), {
      outcome: "repeated",
      jobId: next.id,
      hasSameBody: true,
    });
  });

  test("a key stays with its job, however that ended", async () => {
    const { store } = opened();
    for (const end of [completed(), failed()]) {
      const { id, account } = await ended(store, end, { idempotency: idempotency() });
      const again = await store.jobs.submit(newJob({ account, idempotency: idempotency() }));
      assert.deepEqual(again, { outcome: "repeated", jobId: id, hasSameBody: true });
    }
  });

  test("a job that is over budget leaves its key free, and brings no old one back", async () => {
    const { store } = opened();
    const account = "poor";
    const first = await submitted(store, { account, idempotency: idempotency() });
    const late = { account, idempotency: idempotency({ since: first.createdAt }) };
    const refused = newJob({ ...late, budget: budgetOf(0) });
    assert.deepEqual(await store.jobs.submit(refused), { outcome: "over_budget" });
    assert.equal(await store.jobs.find(refused), null);
    await submitted(store, { ...late, createdAt: new Date(CREATED_AT.getTime() + 1) });
  });

  test("a repetition is answered although the budget is used up", async () => {
    const { store } = opened();
    const [keyId, account, budget] = ["spent", "spent", budgetOf(1)];
    const first = await submitted(store, { keyId, account, budget, idempotency: idempotency() });
    const again = newJob({ keyId, account, budget, idempotency: idempotency() });
    assert.deepEqual(await store.jobs.submit(again), {
      outcome: "repeated",
      jobId: first.id,
      hasSameBody: true,
    });
  });
}

function describeBudgets(opened: ReturnType<typeof shareStore>): void {
  test("of many jobs at once a budget takes as many as it has tokens, exactly", async () => {
    const { jobs } = opened().store;
    const keyId = "exact";
    const wishes = Array.from({ length: 30 }, () => newJob({ keyId, budget: budgetOf(7) }));
    const answers = await Promise.all(wishes.map((job) => jobs.submit(job)));
    assert.equal(countOf(answers, "accepted"), 7);
    assert.equal(countOf(answers, "over_budget"), 23);
    const found = await Promise.all(wishes.map((job) => jobs.find(job)));
    assert.equal(found.filter((job) => job !== null).length, 7);
  });

  test("a budget of nothing takes nothing, and what others hold is not there", async () => {
    const { jobs } = opened().store;
    const outcomeOf = async (facts: JobFacts) => (await jobs.submit(newJob(facts))).outcome;
    assert.equal(await outcomeOf({ budget: budgetOf(0) }), "over_budget");
    assert.equal(await outcomeOf({ budget: budgetOf(2, 2) }), "over_budget");
    assert.equal(await outcomeOf({ budget: budgetOf(2, 3) }), "over_budget");
    assert.equal(await outcomeOf({ budget: budgetOf(2, 1) }), "accepted");
  });

  test("open jobs hold a token, completed ones keep it, others give it back", async () => {
    const { store } = opened();
    const keyId = "holding";
    const tryOne = () => store.jobs.submit(newJob({ keyId, budget: budgetOf(1) }));
    const first = await submitted(store, { keyId, budget: budgetOf(1) });
    assert.equal((await tryOne()).outcome, "over_budget", "queued");
    await store.work.enlist("budget", 10_000);
    const claim = await claimed(store, "budget", first.id);
    assert.equal((await tryOne()).outcome, "over_budget", "processing");
    await store.work.finish(claim, failed());
    const second = await submitted(store, { keyId, budget: budgetOf(1) });
    await store.jobs.cancel(second, cancelled());
    const third = await submitted(store, { keyId, budget: budgetOf(1) });
    await store.work.finish(await claimed(store, "budget", third.id), completed());
    assert.equal((await tryOne()).outcome, "over_budget", "completed");
  });

  test("a budget is of one key, from the first day of its month", async () => {
    const { store } = opened();
    const keyId = "monthly";
    const lastDay = new Date(Date.UTC(2026, 1, 28, 23, 59, 59, 999));
    const firstDay = new Date(Date.UTC(2026, 2, 1));
    await ended(store, completed({ completedAt: lastDay }), { keyId });
    await submitted(store, { keyId: "another", account: "same" });
    await ended(store, completed({ completedAt: firstDay }), {
      keyId,
      account: "same",
      budget: budgetOf(1),
    });
    const next = newJob({ keyId, account: "same", budget: budgetOf(1) });
    assert.deepEqual(await store.jobs.submit(next), { outcome: "over_budget" });
  });

  test("synchronous extractions use the same budget", async () => {
    const { jobs } = opened().store;
    const keyId = "both-ways";
    await jobs.record(recordedJob({ keyId }, completed({ data: null })));
    const next = newJob({ keyId, budget: budgetOf(1) });
    assert.deepEqual(await jobs.submit(next), { outcome: "over_budget" });
  });
}

/** Sent at any time before the job, unless `since` says otherwise. */
function idempotency(facts: Partial<Idempotency> = {}): Idempotency {
  return { key: "once", bodyHash: "b1", since: new Date(0), ...facts };
}

function countOf(answers: readonly Submission[], outcome: Submission["outcome"]): number {
  return answers.filter((answer) => answer.outcome === outcome).length;
}
