import type { PageSample } from "./sample-page.ts";

export interface NetworkState {
  /** Requests under way that may still bring content. */
  readonly open: number;
  /** Since their number changed last. */
  readonly quietMs: number;
}

/** Judges whether a page is ready: its content has stopped changing, and the network is quiet enough. */
export interface Settling {
  /** Why it is ready; null where it is not. `now` in milliseconds, rising. */
  judge(sample: PageSample, network: NetworkState, now: number): string | null;
}

interface QuietRule {
  readonly applies: (sample: PageSample) => boolean;
  /** How long the content has to have stayed as it is. */
  readonly quietMs: number;
  readonly why: string;
}

/** Less text is no page yet, where scripts may bring one. */
const LITTLE_TEXT = 200;

/** The first row that applies decides. */
const QUIET_RULES: readonly QuietRule[] = [
  {
    applies: ({ hasScripts }) => !hasScripts,
    quietMs: 0,
    why: "without scripts nothing more can come",
  },
  {
    applies: ({ isBusy }) => isBusy,
    quietMs: 2000,
    why: "it says that it still loads; some say so for ever",
  },
  {
    applies: ({ textLength }) => textLength < LITTLE_TEXT,
    quietMs: 1500,
    why: "hardly any text: an application that waits for something",
  },
  { applies: () => true, quietMs: 300, why: "content that stands" },
];

/** Between two answers of an application that asks once more. */
const NETWORK_PAUSE_MS = 100;
/** What is open for so long without another beginning or ending is a connection that is kept, or a slow tracker. */
const STUCK_MS = 1500;

/** A page that asks again and again without showing anything new: chats, prices, beacons. */
const STEADY_MS = 2500;

export function createSettling(): Settling {
  let last: PageSample | null = null;
  let since = 0;
  return {
    judge(sample, network, now) {
      if (last === null || isOther(last, sample)) {
        since = now;
        last = sample;
      }
      if (!sample.isParsed) return null;
      const rule = QUIET_RULES.find(({ applies }) => applies(sample));
      if (rule === undefined || now - since < rule.quietMs) return null;
      if (isQuiet(sample, network)) return rule.why;
      const isSteady = sample.textLength >= LITTLE_TEXT && now - since >= STEADY_MS;
      return isSteady && sample.isLoaded ? "the network never rests, but the content does" : null;
    },
  };
}

function isQuiet(sample: PageSample, { open, quietMs }: NetworkState): boolean {
  return quietMs >= (open === 0 && sample.isLoaded ? pauseOf(sample) : STUCK_MS);
}

function pauseOf({ hasScripts }: PageSample): number {
  return hasScripts ? NETWORK_PAUSE_MS : 0;
}

/** Clocks and counters change some characters for ever: that is no other content. */
function isOther(before: PageSample, after: PageSample): boolean {
  return (
    isFar(before.textLength, after.textLength, 24) ||
    isFar(before.elements, after.elements, 8) ||
    before.isParsed !== after.isParsed
  );
}

function isFar(before: number, after: number, least: number): boolean {
  return Math.abs(before - after) > Math.max(least, before / 100);
}
