import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import type { JobEnd } from "../../../src/contract/job.ts";
import type { Store } from "../../../src/store/store.ts";
import type { ClaimedJob } from "../../../src/store/work-store.ts";
import { type OpenForTest, TestClock } from "./opened-store.ts";
import { cancelled, completed, failed, jobError, newJob, recordedJob } from "./sample-jobs.ts";
import { type ModelEnd, StoreModel } from "./store-model.ts";

// `node src/store/open-store.test.ts 500` plays longer; a seed behind it plays a failure again.
const RUNS = Number(process.argv[2] ?? 4);
const SEED = Number(process.argv[3] ?? 20_261_125);
const STEPS = 200;

const LEASE_MS = 10_000;
const DAY_MS = 86_400_000;
const MAX_DEATHS = 2;
/** Two of one account, one of another. */
const KEYS = ["key-0", "key-1", "key-2"] as const;
const WORKERS = 2;
/** Jobs and claims are chosen from the newest: the older ones have ended, most of them. */
const RECENT = 10;

/** Whatever is done in whatever order, with crashes between: the store does what the model does. */
export function describeModel(open: OpenForTest): void {
  test("a store and its model never differ", { timeout: RUNS * 60_000 }, async () => {
    const games = fc.asyncProperty(
      fc.array(anyStep(), { minLength: STEPS, maxLength: STEPS }),
      (steps) => play(open, steps),
    );
    await fc.assert(games, { numRuns: RUNS, seed: SEED, endOnFailure: RUNS < 100 });
  });
}

interface Game {
  store: Store;
  readonly clock: TestClock;
  readonly model: StoreModel;
  /** All that were ever made, those that are gone among them. */
  readonly ids: string[];
  readonly claims: Pick<ClaimedJob, "id" | "fence">[];
  readonly workers: string[];
  readonly crash: () => Promise<Store>;
}

async function play(open: OpenForTest, steps: readonly Step[]): Promise<void> {
  const clock = new TestClock();
  const opened = await open(clock);
  const { store, reopen: crash } = opened;
  const model = new StoreModel();
  const game: Game = { store, clock, model, ids: [], claims: [], workers: [], crash };
  try {
    for (let worker = 0; worker < WORKERS; worker += 1) await enlist(game, { worker });
    for (const step of steps) {
      clock.wallMs += 1;
      await step.take(game);
      await compare(game, game.ids.slice(-RECENT));
    }
    await compare(game, game.ids);
    await compareTotals(game);
  } finally {
    await opened.stop();
  }
}

interface Step {
  /** For the report of a failure. */
  readonly told: string;
  readonly take: (game: Game) => Promise<void>;
}

function anyStep(): fc.Arbitrary<Step> {
  const index = fc.nat({ max: RECENT - 1 });
  const worker = fc.nat({ max: WORKERS - 1 });
  const key = fc.constantFrom(...KEYS);
  const end = fc.constantFrom(...(["completed", "failed"] as const));
  const small = (max: number) => fc.option(fc.nat({ max }));
  const keyAndBody = fc.record({ key, name: small(2), body: fc.nat({ max: 1 }), limit: small(5) });
  return fc.oneof(
    { weight: 8, arbitrary: keyAndBody.map(told("submit", submit)) },
    { weight: 2, arbitrary: fc.record({ key, end }).map(told("record", record)) },
    { weight: 8, arbitrary: fc.record({ worker, key }).map(told("claim", claimWaiting)) },
    { weight: 2, arbitrary: fc.record({ worker, job: index }).map(told("claim any", claimAny)) },
    { weight: 8, arbitrary: fc.record({ claim: index, end }).map(told("finish", finish)) },
    { weight: 3, arbitrary: fc.record({ job: index }).map(told("cancel", cancel)) },
    { weight: 2, arbitrary: fc.record({ job: index }).map(told("purge", purge)) },
    { weight: 3, arbitrary: fc.record({ worker }).map(told("renew", renew)) },
    { weight: 2, arbitrary: fc.record({ worker }).map(told("enlist", enlist)) },
    { weight: 1, arbitrary: fc.record({ worker }).map(told("leave", leave)) },
    {
      weight: 3,
      arbitrary: fc.record({ ms: fc.nat({ max: 2 * LEASE_MS }) }).map(told("wait", wait)),
    },
    { weight: 2, arbitrary: fc.record({ hours: fc.nat({ max: 30 }) }).map(told("sleep", sleep)) },
    { weight: 3, arbitrary: fc.constant({}).map(told("reclaim", reclaim)) },
    { weight: 1, arbitrary: fc.record({ days: fc.nat({ max: 32 }) }).map(told("sweep", sweep)) },
    { weight: 1, arbitrary: fc.constant({}).map(told("crash", crash)) },
  );
}

function told<Facts>(name: string, take: (game: Game, facts: Facts) => Promise<void>) {
  return (facts: Facts): Step => ({
    told: `${name} ${JSON.stringify(facts)}`,
    take: (game) => take(game, facts),
  });
}

async function submit(
  { store, model, clock, ids }: Game,
  wish: { key: string; name: number | null; body: number; limit: number | null },
): Promise<void> {
  const { key: keyId, limit } = wish;
  const account = accountOf(keyId);
  const bodyHash = String(wish.body);
  const since = new Date(clock.wallMs - DAY_MS);
  const job = newJob({
    ...{ account, keyId, createdAt: clock.now() },
    idempotency: wish.name === null ? null : { key: String(wish.name), bodyHash, since },
    budget: limit === null ? null : { limit, monthStart: new Date(0), heldElsewhere: 0 },
  });
  const memory = wish.name === null ? null : { name: `${account} ${wish.name}`, bodyHash };
  const expected = model.submit({ id: job.id, keyId, atMs: clock.wallMs }, { memory, limit });
  assert.deepEqual(await store.jobs.submit(job), expected);
  if (expected.outcome === "accepted") ids.push(job.id);
}

async function record(
  { store, model, clock, ids }: Game,
  { key: keyId, end: status }: { key: string; end: "completed" | "failed" },
): Promise<void> {
  const end = endOf(clock, status);
  const facts = { account: accountOf(keyId), keyId, createdAt: clock.now() };
  const job = recordedJob(facts, end);
  await store.jobs.record(job);
  model.record(job, toModelEnd(end));
  ids.push(job.id);
}

async function claimWaiting(game: Game, { worker, key }: { worker: number; key: string }) {
  const waiting = await game.store.work.listWaiting({ keyId: key, fullHosts: [], limit: 3 });
  assert.deepEqual(
    waiting.map(({ id }) => id),
    game.model.waiting(key).slice(0, 3),
  );
  await claim(
    game,
    worker,
    waiting.map(({ id }) => id),
  );
}

async function claimAny(game: Game, { worker, job }: { worker: number; job: number }) {
  await claim(game, worker, [pick(game.ids, job) ?? "nobody"]);
}

async function claim(
  { store, model, clock, claims, workers }: Game,
  worker: number,
  ids: string[],
) {
  const workerId = workers[worker] ?? "nobody";
  const expected = model.claim(workerId, clock.steadyMs, ids);
  const made = await store.work.claim(workerId, ids);
  assert.deepEqual(made.map(({ id }) => id).toSorted(), expected.toSorted());
  for (const { id, fence, version } of made) {
    const job = model.jobs.get(id);
    assert.deepEqual({ fence, version }, { fence: job?.fence, version: job?.events.length });
    claims.push({ id, fence });
  }
}

/** Of any claim that ever was: those that were lost meanwhile must change nothing. */
async function finish(
  { store, model, clock, claims }: Game,
  { claim, end: status }: { claim: number; end: "completed" | "failed" },
): Promise<void> {
  const claimed = pick(claims, claim);
  if (claimed === undefined) return;
  const end = endOf(clock, status);
  const expected = model.finish(claimed, toModelEnd(end));
  assert.equal(await store.work.finish(claimed, end), expected);
}

async function cancel({ store, model, clock, ids }: Game, { job }: { job: number }): Promise<void> {
  const id = pick(ids, job) ?? "nobody";
  const account = accountOf(model.jobs.get(id)?.keyId ?? "");
  const end = endOf(clock, "cancelled");
  const expected = model.cancel(id, toModelEnd(end));
  const ended = await store.jobs.cancel({ id, account }, end);
  assert.equal(ended?.status, expected ? "cancelled" : undefined);
}

async function purge({ store, model, clock, ids }: Game, { job }: { job: number }): Promise<void> {
  const id = pick(ids, job) ?? "nobody";
  const account = accountOf(model.jobs.get(id)?.keyId ?? "");
  const expected = model.purge(id);
  assert.equal(await store.jobs.purge({ id, account }, clock.now()), expected);
}

async function renew({ store, model, clock, workers }: Game, { worker }: { worker: number }) {
  const id = workers[worker] ?? "nobody";
  const expected = model.renew(id, clock.steadyMs, clock.steadyMs + LEASE_MS);
  assert.equal(await store.work.renew(id, LEASE_MS), expected);
}

/** Under a new id; what the old one held stays held until its lease is over. */
async function enlist({ store, model, clock, workers }: Game, { worker }: { worker: number }) {
  const id = `${worker}-at-${clock.wallMs}`;
  workers[worker] = id;
  model.enlist(id, clock.steadyMs + LEASE_MS);
  await store.work.enlist(id, LEASE_MS);
}

async function leave({ store, model, workers }: Game, { worker }: { worker: number }) {
  const id = workers[worker] ?? "nobody";
  const expected = model.leave(id);
  const given = await store.work.leave(id);
  assert.deepEqual(given.map((job) => job.id).toSorted(), expected.toSorted());
}

/** Time passes for leases. */
async function wait({ clock }: Game, { ms }: { ms: number }): Promise<void> {
  clock.steadyMs += ms;
}

/** The clock on the wall goes on: idempotency keys grow old. */
async function sleep({ clock }: Game, { hours }: { hours: number }): Promise<void> {
  clock.wallMs += hours * 3_600_000;
}

async function reclaim({ store, model, clock }: Game): Promise<void> {
  const end = endOf(clock, "failed");
  const { completedAt: at, resultExpiresAt } = end;
  const poison = { error: jobError("WORK_CONCURRENCY_LEASE_EXPIRED"), at, resultExpiresAt };
  const expected = model.reclaim(clock.steadyMs, MAX_DEATHS, toModelEnd(end));
  const taken = await store.work.reclaim({ maxDeaths: MAX_DEATHS, limit: 1000, poison });
  assert.deepEqual(new Map(taken.map(({ id, status }) => [id, status])), expected);
}

async function sweep({ store, model, clock }: Game, { days }: { days: number }): Promise<void> {
  clock.wallMs += days * DAY_MS;
  const before = (age: number) => new Date(clock.wallMs - age * DAY_MS);
  await store.retention.sweep({
    now: clock.now(),
    jobsBefore: before(30),
    idempotencyBefore: before(1),
    totalsBefore: new Date(0),
    limit: 1000,
  });
  model.sweep(clock.wallMs);
}

async function crash(game: Game): Promise<void> {
  game.store = await game.crash();
  game.model.crash();
}

async function compare({ store, model }: Game, ids: readonly string[]): Promise<void> {
  await Promise.all(ids.map((id) => compareJob(store, model, id)));
  assert.equal(await store.jobs.countOpen(), model.countOpen());
  for (const keyId of KEYS) {
    const budget = await store.usage.readBudget({ keyId, since: new Date(0) });
    const expected = { charged: model.charged(keyId), reserved: model.reserved(keyId) };
    assert.deepEqual(budget, expected);
  }
}

async function compareTotals({ store, model }: Game): Promise<void> {
  for (const account of new Set(KEYS.map(accountOf))) {
    const query = { account, from: new Date(0), to: new Date(Date.UTC(2100, 0, 1)) };
    const days = await store.usage.listDays(query);
    const expected = KEYS.filter((keyId) => accountOf(keyId) === account).flatMap(
      (keyId) => model.totals.get(keyId) ?? [],
    );
    for (const count of ["completed", "failed", "tokens"] as const) {
      assert.equal(sumOf(days, count), sumOf(expected, count), `${count} of ${account}`);
    }
  }
}

function sumOf<Count extends string>(rows: readonly Record<Count, number>[], count: Count): number {
  return rows.reduce((sum, row) => sum + row[count], 0);
}

async function compareJob(store: Store, model: StoreModel, id: string): Promise<void> {
  const expected = model.jobs.get(id);
  const [events, result] = await Promise.all([
    store.jobs.listEvents(id, 0),
    store.jobs.findResult(id),
  ]);
  const statuses = events.map(({ status }) => status);
  assert.deepEqual(statuses, expected?.events ?? []);
  assert.deepEqual(
    events.map(({ version }) => version),
    statuses.map((_, place) => place + 1),
  );
  assert.equal(result !== null, (expected?.resultUntilMs ?? null) !== null);
  if (expected === undefined) return;
  const { status, version, tokensCharged } =
    (await store.jobs.find({ id, account: accountOf(expected.keyId) })) ?? {};
  assert.deepEqual(
    { status, version, tokensCharged },
    { status: expected.status, version: expected.events.length, tokensCharged: expected.tokens },
  );
}

function endOf(clock: TestClock, status: ModelEnd["status"]): JobEnd {
  const make = { completed, failed, cancelled }[status];
  const resultExpiresAt = new Date(clock.wallMs + 3 * DAY_MS);
  return make({ completedAt: clock.now(), resultExpiresAt });
}

function toModelEnd({ status, completedAt, resultExpiresAt }: JobEnd): ModelEnd {
  return { status, atMs: completedAt.getTime(), resultUntilMs: resultExpiresAt.getTime() };
}

function accountOf(keyId: string): string {
  return keyId === "key-2" ? "other" : "one";
}

function pick<Item>(items: readonly Item[], index: number): Item | undefined {
  return items.at(-1 - (index % items.length));
}
