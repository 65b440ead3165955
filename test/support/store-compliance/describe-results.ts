import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ExtractData } from "../../../src/contract/extract-response.ts";
import { type OpenForTest, shareStore } from "./opened-store.ts";
import {
  CREATED_AT,
  claimed,
  completed,
  ENDED_AT,
  ended,
  failed,
  submitted,
} from "./sample-jobs.ts";

export function describeResults(open: OpenForTest): void {
  describe("what a job leaves", () => {
    const opened = shareStore(open);

    for (const [what, data] of CONTENTS) {
      test(`${what} comes back as it was`, async () => {
        const { store } = opened();
        const end = completed({ data });
        const { id } = await ended(store, end);
        assert.deepEqual(await store.jobs.findResult(id), { metadata: end.metadata, data });
      });
    }

    test("a failure leaves its metadata or none, and no content", async () => {
      const { store } = opened();
      for (const end of [failed(), failed({ metadata: null })]) {
        const { id } = await ended(store, end);
        assert.deepEqual(await store.jobs.findResult(id), { metadata: end.metadata, data: null });
      }
    });

    test("there is no result before the end, and none of a job that does not exist", async () => {
      const { store } = opened();
      const { id } = await submitted(store);
      await store.work.enlist("early", 10_000);
      assert.equal(await store.jobs.findResult(id), null);
      await claimed(store, "early", id);
      assert.equal(await store.jobs.findResult(id), null);
      assert.equal(await store.jobs.findResult("nobody"), null);
    });

    test("each change of state is an event, and their numbers have no gap", async () => {
      const { store } = opened();
      const job = await submitted(store);
      await store.work.enlist("eventful", 10_000);
      await claimed(store, "eventful", job.id);
      await store.work.leave("eventful");
      await store.work.enlist("eventful", 10_000);
      await store.work.finish(await claimed(store, "eventful", job.id), completed());
      const events = await store.jobs.listEvents(job.id, 0);
      assert.deepEqual(
        events.map(({ version, status }) => `${version} ${status}`),
        ["1 queued", "2 processing", "3 queued", "4 processing", "5 completed"],
      );
      assert.deepEqual(events.at(0)?.at, CREATED_AT);
      assert.deepEqual(events.at(-1)?.at, ENDED_AT);
      assert.equal((await store.jobs.find(job))?.version, 5);
      assert.deepEqual(await store.jobs.listEvents(job.id, 3), events.slice(3));
      assert.deepEqual(await store.jobs.listEvents(job.id, 5), []);
      assert.deepEqual(await store.jobs.listEvents("nobody", 0), []);
    });

    test("a purge takes the result of an ended job, and leaves its row", async () => {
      const { store } = opened();
      const at = new Date(Date.UTC(2026, 2, 5));
      for (const end of [completed(), failed()]) {
        const job = await ended(store, end);
        const before = await store.jobs.find(job);
        assert.equal(await store.jobs.purge({ ...job, account: "stranger" }, at), false);
        assert.notEqual(await store.jobs.findResult(job.id), null);
        assert.equal(await store.jobs.purge(job, at), true);
        assert.equal(await store.jobs.findResult(job.id), null);
        assert.deepEqual(await store.jobs.find(job), { ...before, resultExpiresAt: at });
      }
    });

    test("an open job can't be purged", async () => {
      const { store } = opened();
      const job = await submitted(store);
      assert.equal(await store.jobs.purge(job, ENDED_AT), false);
      await store.work.enlist("unpurged", 10_000);
      const claim = await claimed(store, "unpurged", job.id);
      assert.equal(await store.jobs.purge(job, ENDED_AT), false);
      assert.equal(await store.work.finish(claim, completed()), true);
      assert.notEqual(await store.jobs.findResult(job.id), null);
    });
  });
}

const CONTENTS: readonly (readonly [string, ExtractData])[] = [
  ["content in every format", contentOf("# Title <b>x</b>\r\n\t'\"\\")],
  ["content that is empty", contentOf("")],
  ["content that is nothing", { markdown: null, html: null, links: null }],
  [
    "text with lone surrogates and zeros",
    contentOf("a\ud800b\udc00c\u0000d\u{1f600}\u2028e\ufeff"),
  ],
  ["a page of 5 MB", contentOf("<p>Lorem ipsum, dolor sit amet. 日本</p>\n".repeat(120_000))],
  [
    "very many links",
    {
      markdown: null,
      html: null,
      links: Array.from({ length: 50_000 }, (_, n) => `https://example.com/${n}`),
    },
  ],
];

function contentOf(text: string): ExtractData {
  return { markdown: text, html: text, links: [text], text, content_html: text };
}
