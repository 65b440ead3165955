import type { ApiKey } from "../contract/api-key.ts";
import type { Admission, LimitedKey } from "../services/admission.ts";
import type { WorkStore } from "../store/work-store.ts";
import { pickFairly, type WaitingOfKey } from "./pick-fairly.ts";

export interface JobChooserDeps {
  readonly work: Pick<WorkStore, "listWaitingKeys" | "listWaiting">;
  readonly admission: Pick<Admission, "limitOf" | "inUse">;
  /** Null of a key that is no more: its jobs are done under the default limits. */
  readonly findKey: (id: string) => Promise<ApiKey | null>;
  /** Hosts that can't be asked just now. */
  readonly fullHosts: () => readonly string[];
  /** `QUERN_HOST_CONCURRENCY`. */
  readonly hostConcurrency: number;
  /** `QUERN_HOST_DELAY_MS`. */
  readonly hostDelayMs: number;
}

export interface ChosenJob {
  readonly id: string;
  readonly key: LimitedKey;
}

export interface Choice {
  readonly jobs: readonly ChosenJob[];
  /** Whether any job waited at all. */
  readonly hadWaiting: boolean;
}

/** A round asks for the jobs of at most so many keys; the next round goes on with the others. */
const KEYS_PER_ROUND = 50;

/** Says which queued jobs are next: keys take turns, and hosts that can take no more are passed over. */
export class JobChooser {
  readonly #deps: JobChooserDeps;
  #lastKeyId: string | null = null;

  constructor(deps: JobChooserDeps) {
    this.#deps = deps;
  }

  /** At most `places`. `running`: how many jobs of each host this worker works on. */
  async choose(places: number, running: ReadonlyMap<string, number>): Promise<Choice> {
    const keys = await this.#keysInTurn();
    const roomOfHost = (host: string): number => this.#roomOfHost(running.get(host) ?? 0);
    const waiting = await this.#listWaiting([...keys.values()], {
      places,
      fullHosts: [...running.keys()].filter((host) => roomOfHost(host) <= 0),
    });
    const roomOfKey = (id: string): number => this.#roomOfKey(keys.get(id));
    const picks = pickFairly(waiting, { places, roomOfKey, roomOfHost });
    this.#lastKeyId = picks.at(-1)?.keyId ?? null;
    const jobs = picks.map(({ id, keyId }) => ({ id, key: keys.get(keyId) ?? unknownKey(keyId) }));
    return { jobs, hadWaiting: keys.size > 0 };
  }

  /** Those that come after the one that was last, then from the first. */
  async #keysInTurn(): Promise<Map<string, LimitedKey>> {
    const { work, findKey } = this.#deps;
    const after = this.#lastKeyId;
    const next = await work.listWaitingKeys({ after, limit: KEYS_PER_ROUND });
    const isWhole = after === null || next.length >= KEYS_PER_ROUND;
    const first = isWhole
      ? []
      : await work.listWaitingKeys({ after: null, limit: KEYS_PER_ROUND - next.length });
    const ids = [...new Set([...next, ...first])];
    const keys = await Promise.all(ids.map(findKey));
    return new Map(ids.map((id, index) => [id, keys[index] ?? unknownKey(id)]));
  }

  #listWaiting(
    keys: readonly LimitedKey[],
    { places, fullHosts }: { places: number; fullHosts: readonly string[] },
  ): Promise<WaitingOfKey[]> {
    const { work } = this.#deps;
    const full = [...new Set([...this.#deps.fullHosts(), ...fullHosts])];
    return Promise.all(
      keys
        .filter((key) => this.#roomOfKey(key) > 0)
        .map(async ({ id: keyId }) => ({
          keyId,
          jobs: await work.listWaiting({ keyId, fullHosts: full, limit: places }),
        })),
    );
  }

  #roomOfKey(key: LimitedKey | undefined): number {
    const { admission } = this.#deps;
    return key === undefined ? 0 : admission.limitOf(key) - admission.inUse(key);
  }

  #roomOfHost(running: number): number {
    const { hostConcurrency, hostDelayMs } = this.#deps;
    // A second one would only hold a place until the delay has passed.
    return Math.min(hostDelayMs > 0 ? 1 : hostConcurrency, hostConcurrency - running);
  }
}

function unknownKey(id: string): LimitedKey {
  return { id, concurrency: null };
}
