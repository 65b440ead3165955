import { createOneAtATime } from "../concurrency/one-at-a-time.ts";
import type { ApiKey } from "../contract/api-key.ts";
import { RequestError } from "../contract/app-error.ts";
import type { BudgetGuard } from "../store/job-store.ts";
import type { BudgetState, UsageStore } from "../store/usage-store.ts";

/** Tokens per calendar month (UTC) of keys that have a budget. Open work reserves its token. */
export interface TokenBudget {
  /** Reserves a token for synchronous work, which stands in no table. @throws RequestError PAYMENT_REQUIRED */
  hold(key: ApiKey): Promise<TokenHold>;
  /** What a submission has to be guarded with. Nothing else of the key is decided until it has ended. */
  guard<Result>(
    key: ApiKey,
    submit: (guard: BudgetGuard | null) => Promise<Result>,
  ): Promise<Result>;
  /** What a caller is told whose submission did not fit. */
  refuse(key: ApiKey): RequestError;
}

export interface TokenHold {
  /** When the token is charged, or will not be. */
  release(): void;
}

interface TokenBudgetDeps {
  readonly usage: Pick<UsageStore, "readBudget">;
  readonly now: () => Date;
}

export function createTokenBudget({ usage, now }: TokenBudgetDeps): TokenBudget {
  const held = new Map<string, number>();
  const oneAtATime = createOneAtATime();
  const heldBy = ({ id }: ApiKey): number => held.get(id) ?? 0;
  const step = ({ id }: ApiKey, by: 1 | -1): void => {
    const tokens = (held.get(id) ?? 0) + by;
    if (tokens === 0) held.delete(id);
    else held.set(id, tokens);
  };

  return {
    async hold(key) {
      const budget = key.monthlyBudget;
      if (budget === null) return NOTHING_HELD;
      await oneAtATime(key.id, async () => {
        const state = await usage.readBudget({ keyId: key.id, since: monthStart(now()) });
        if (tokensOf(state) + heldBy(key) >= budget) throw overBudget(budget, now());
        step(key, 1);
      });
      return releaseOnce(() => step(key, -1));
    },
    guard(key, submit) {
      const limit = key.monthlyBudget;
      if (limit === null) return submit(null);
      return oneAtATime(key.id, () =>
        submit({ limit, monthStart: monthStart(now()), heldElsewhere: heldBy(key) }),
      );
    },
    refuse: (key) => overBudget(key.monthlyBudget ?? 0, now()),
  };
}

const NOTHING_HELD: TokenHold = { release: () => undefined };

function tokensOf({ charged, reserved }: BudgetState): number {
  return charged + reserved;
}

function releaseOnce(release: () => void): TokenHold {
  let isHeld = true;
  return {
    release: () => {
      if (isHeld) release();
      isHeld = false;
    },
  };
}

function overBudget(budget: number, at: Date): RequestError {
  const renewal = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1));
  return new RequestError("PAYMENT_REQUIRED", {
    message: `This key may use ${budget} tokens per month, and they are used or reserved by open jobs. The next month begins ${renewal.toISOString()}.`,
  });
}

function monthStart(at: Date): Date {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1));
}
