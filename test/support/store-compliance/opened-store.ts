import { after, before } from "node:test";
import type { Store } from "../../../src/store/store.ts";

/** A store on an engine of its own, for one subject or one test. */
export interface OpenedStore {
  readonly store: Store;
  /** A second one on the same data, as a command of the terminal opens it. */
  readonly openBeside: () => Promise<Store>;
  /** As after a crash: whoever worked is gone without a word, and a new server has the data. */
  readonly reopen: () => Promise<Store>;
  readonly stop: () => Promise<void>;
}

export type OpenForTest = (clocks?: Clocks) => Promise<OpenedStore>;

export interface Clocks {
  readonly now: () => Date;
  readonly steadyNow: () => number;
}

/** One store for all tests of a subject: they keep apart by account. */
export function shareStore(open: OpenForTest): () => OpenedStore {
  let opened: OpenedStore | null = null;
  before(async () => {
    opened = await open();
  });
  after(() => opened?.stop());
  return () => {
    if (opened === null) throw new Error("The store is opened before the first test");
    return opened;
  };
}

/** One store for one test, which looks at everything that is in it. */
export async function withStore(
  open: OpenForTest,
  work: (store: Store, clock: TestClock) => Promise<void>,
): Promise<void> {
  const clock = new TestClock();
  const opened = await open(clock);
  try {
    await work(opened.store, clock);
  } finally {
    await opened.stop();
  }
}

/** Stands until a test moves it. */
export class TestClock implements Clocks {
  wallMs = Date.UTC(2026, 2, 4, 5, 6, 7, 8);
  steadyMs = 1_000_000;
  readonly now = () => new Date(this.wallMs);
  readonly steadyNow = () => this.steadyMs;
}
