import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { JobQuery } from "../../../src/store/job-store.ts";
import { type OpenForTest, shareStore } from "./opened-store.ts";
import {
  cancelled,
  completed,
  ended,
  everythingOf,
  failed,
  type JobFacts,
  newJob,
  recordedJob,
  submitted,
} from "./sample-jobs.ts";

const dayOfMarch = (day: number) => new Date(Date.UTC(2026, 2, day));

export function describeLists(open: OpenForTest): void {
  describe("lists of jobs", () => {
    const opened = shareStore(open);

    test("hold all jobs of an account and no other's, newest first, as a look-up gives them", async () => {
      const { store } = opened();
      const account = "all-kinds";
      const queued = await submitted(store, { account, createdAt: dayOfMarch(3) });
      const done = await ended(store, completed(), { account, createdAt: dayOfMarch(4) });
      const sync = recordedJob({ account, createdAt: dayOfMarch(2) }, failed());
      await store.jobs.record(sync);
      await submitted(store, { account: "all-kind" });
      const expected = await Promise.all([done, queued, sync].map((job) => store.jobs.find(job)));
      assert.deepEqual(await store.jobs.list(everythingOf(account)), { jobs: expected, total: 3 });
    });

    test("jobs of one moment stand in the order of their ids, and pages neither skip nor repeat one", async () => {
      const { store } = opened();
      const account = "paged";
      const made = await Promise.all(
        Array.from({ length: 25 }, () => submitted(store, { account })),
      );
      const ids = made
        .map(({ id }) => id)
        .toSorted()
        .toReversed();
      const pages = await Promise.all(
        [1, 2, 3, 4].map((page) => store.jobs.list(everythingOf(account, { page, pageSize: 10 }))),
      );
      assert.deepEqual(
        pages.map(({ jobs }) => jobs.length),
        [10, 10, 5, 0],
      );
      assert.deepEqual(
        pages.flatMap(({ jobs }) => jobs.map(({ id }) => id)),
        ids,
      );
      assert.deepEqual(
        pages.map(({ total }) => total),
        [25, 25, 25, 25],
      );
    });

    test("an account without jobs has an empty list", async () => {
      const { jobs } = opened().store;
      assert.deepEqual(await jobs.list(everythingOf("nobody")), { jobs: [], total: 0 });
    });

    describeFilters(opened);
  });
}

interface Wish {
  readonly what: string;
  readonly filter: Partial<JobQuery>;
  readonly finds: readonly string[];
}

const SAMPLES: readonly (JobFacts & { readonly name: string })[] = [
  {
    name: "a",
    url: "https://one.example/A_b?q=50%25",
    formats: ["markdown"],
    createdAt: dayOfMarch(1),
  },
  { name: "b", url: "https://one.example/Axb", formats: ["html"], createdAt: dayOfMarch(2) },
  { name: "c", url: "https://two.example/c\\d", formats: ["text"], createdAt: dayOfMarch(3) },
  {
    name: "d",
    url: "https://two.example/'--",
    formats: ["markdown", "content_html"],
    createdAt: dayOfMarch(4),
  },
];

const WISHES: readonly Wish[] = [
  { what: "everything", filter: {}, finds: ["d", "c", "b", "a"] },
  { what: "a part of the URL", filter: { url: "one.example" }, finds: ["b", "a"] },
  { what: "the whole URL", filter: { url: "https://one.example/Axb" }, finds: ["b"] },
  { what: "a part in another case", filter: { url: "ONE.example/a" }, finds: ["b", "a"] },
  { what: "a part that nothing has", filter: { url: "three" }, finds: [] },
  { what: "an underscore, as it is", filter: { url: "A_b" }, finds: ["a"] },
  { what: "a percent sign, as it is", filter: { url: "50%2" }, finds: ["a"] },
  { what: "a percent sign alone", filter: { url: "%" }, finds: ["a"] },
  { what: "a backslash, as it is", filter: { url: "\\" }, finds: ["c"] },
  { what: "a quote, as it is", filter: { url: "/'--" }, finds: ["d"] },
  { what: "an asterisk, as it is", filter: { url: "one*" }, finds: [] },
  { what: "the longest part", filter: { url: "%_\\".repeat(5000) }, finds: [] },
  { what: "queued ones", filter: { status: "queued" }, finds: ["c", "b"] },
  { what: "processing ones", filter: { status: "processing" }, finds: [] },
  { what: "completed ones", filter: { status: "completed" }, finds: ["d"] },
  { what: "cancelled ones", filter: { status: "cancelled" }, finds: ["a"] },
  { what: "a format", filter: { format: "markdown" }, finds: ["d", "a"] },
  { what: "html, which content_html is not", filter: { format: "html" }, finds: ["b"] },
  { what: "content_html", filter: { format: "content_html" }, finds: ["d"] },
  { what: "from a moment, inclusive", filter: { from: dayOfMarch(3) }, finds: ["d", "c"] },
  { what: "up to a moment, inclusive", filter: { to: dayOfMarch(2) }, finds: ["b", "a"] },
  {
    what: "between two moments",
    filter: { from: dayOfMarch(2), to: dayOfMarch(3) },
    finds: ["c", "b"],
  },
  { what: "a window the wrong way", filter: { from: dayOfMarch(3), to: dayOfMarch(2) }, finds: [] },
  {
    what: "all filters together",
    filter: {
      url: "two",
      status: "completed",
      format: "markdown",
      from: dayOfMarch(4),
      to: dayOfMarch(4),
    },
    finds: ["d"],
  },
  { what: "filters that don't meet", filter: { url: "two", format: "html" }, finds: [] },
];

function describeFilters(opened: ReturnType<typeof shareStore>): void {
  test("are narrowed by each filter, and by all together", async (context) => {
    const { store } = opened();
    const account = "filtered";
    const ids = await submitSamples(opened, account);
    for (const { what, filter, finds } of WISHES) {
      await context.test(what, async () => {
        const { jobs, total } = await store.jobs.list(everythingOf(account, filter));
        assert.deepEqual(
          jobs.map(({ id }) => ids.get(id)),
          finds,
        );
        assert.equal(total, finds.length);
      });
    }
  });

  test("find a job by its id, in its account alone", async () => {
    const { store } = opened();
    const { id, account } = await submitted(store);
    await submitted(store, { account });
    const found = await store.jobs.list(everythingOf(account, { id }));
    assert.deepEqual([found.jobs.map((job) => job.id), found.total], [[id], 1]);
    assert.equal((await store.jobs.list(everythingOf("stranger", { id }))).total, 0);
    assert.equal((await store.jobs.list(everythingOf(account, { id: newJob().id }))).total, 0);
  });
}

/** The samples' names by their ids. */
async function submitSamples(
  opened: ReturnType<typeof shareStore>,
  account: string,
): Promise<ReadonlyMap<string, string>> {
  const { store } = opened();
  const ids = new Map<string, string>();
  for (const { name, ...facts } of SAMPLES) {
    const job = newJob({ account, ...facts });
    ids.set(job.id, name);
    if (name === "d") await ended(store, completed(), job);
    else await store.jobs.submit(job);
    if (name === "a") await store.jobs.cancel(job, cancelled());
  }
  return ids;
}
