import { createHash, randomBytes, randomUUIDv7, timingSafeEqual } from "node:crypto";
import type { ApiKey, KeyWish, NewKey } from "../contract/api-key.ts";
import type { KeyStore, StoredKey } from "../store/key-store.ts";

export interface KeyService {
  create(wish: KeyWish): Promise<NewKey>;
  /** Newest first, revoked ones among them. */
  list(): Promise<readonly ApiKey[]>;
  /** False when there is no such key, or it was revoked before. */
  revoke(id: string): Promise<boolean>;
  /** Revoked ones, too: what they asked for is still done. */
  find(id: string): Promise<ApiKey | null>;
  /** Null when the secret opens nothing. What other processes create or revoke counts within a second. */
  authenticate(secret: string): Promise<ApiKey | null>;
  /** Makes a key when there has never been one and none comes from the settings: a fresh server can be used at once. */
  ensureFirstKey(): Promise<NewKey | null>;
}

export interface KeyServiceDeps {
  readonly store: KeyStore;
  readonly now: () => Date;
  /** `QUERN_API_KEY`: a secret that always works. */
  readonly configuredSecret: string | null;
}

export function createKeyService({ store, now, configuredSecret }: KeyServiceDeps): KeyService {
  const seen = new RecentKeys(now);
  const configured = configuredSecret === null ? null : toConfiguredKey(configuredSecret);

  async function create(wish: KeyWish): Promise<NewKey> {
    const secret = `qn_${randomBytes(32).toString("base64url")}`;
    const key = toKey(wish, { secret, createdAt: now() });
    await store.insert({ key, secretHash: hashOf(secret).toString("hex") });
    return { key, secret };
  }

  async function authenticate(secret: string): Promise<ApiKey | null> {
    const hash = hashOf(secret);
    if (configured !== null && opens(configured, hash)) return configured.key;
    const remembered = seen.get(hash);
    if (remembered !== undefined) return remembered;
    const candidates = await store.findByPrefix(prefixOf(secret));
    const stored = candidates.find((candidate) => opens(candidate, hash));
    const key = stored !== undefined && stored.key.revokedAt === null ? stored.key : null;
    seen.set(hash, key);
    return key;
  }

  return {
    create,
    authenticate,
    find: async (id) => (id === configured?.key.id ? configured.key : store.find(id)),
    list: () => store.list(),
    async revoke(id) {
      const revoked = await store.revoke(id, now());
      seen.clear();
      return revoked;
    },
    async ensureFirstKey() {
      if (configured !== null || (await store.list()).length > 0) return null;
      return create({ name: "first key" });
    },
  };
}

/** `qn_` and 8 characters: 48 bits that are no secret; 208 stay one. */
const PREFIX_LENGTH = 11;

function toKey(wish: KeyWish, { secret, createdAt }: { secret: string; createdAt: Date }): ApiKey {
  return {
    id: randomUUIDv7(),
    name: wish.name ?? "",
    account: wish.account ?? "default",
    scope: wish.scope ?? "all",
    prefix: prefixOf(secret),
    monthlyBudget: wish.monthlyBudget ?? null,
    perMinute: wish.perMinute ?? null,
    concurrency: wish.concurrency ?? null,
    createdAt,
    revokedAt: null,
  };
}

/** It stands in no table, and its id is the same at every start, so that what it did stays its own. */
function toConfiguredKey(secret: string): StoredKey {
  const key: ApiKey = {
    ...toKey({ name: "QUERN_API_KEY" }, { secret, createdAt: new Date(0) }),
    id: "00000000-0000-7000-8000-000000000001",
    // It is chosen by hand and may be short: nothing of it is shown.
    prefix: "",
  };
  return { key, secretHash: hashOf(secret).toString("hex") };
}

function opens({ secretHash }: StoredKey, hash: Buffer): boolean {
  return timingSafeEqual(Buffer.from(secretHash, "hex"), hash);
}

function hashOf(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}

function prefixOf(secret: string): string {
  return secret.slice(0, PREFIX_LENGTH);
}

/** Answers of the last second, so that a busy key costs no query per request. Wrong secrets are remembered as well. */
class RecentKeys {
  readonly #now: () => Date;
  readonly #entries = new Map<string, { key: ApiKey | null; since: number }>();

  constructor(now: () => Date) {
    this.#now = now;
  }

  get(hash: Buffer): ApiKey | null | undefined {
    const entry = this.#entries.get(hash.toString("base64"));
    const ageMs = this.#now().getTime() - (entry?.since ?? 0);
    // A clock that was set back makes an age below zero: then it is asked again.
    return ageMs >= 0 && ageMs < REMEMBERED_MS ? entry?.key : undefined;
  }

  set(hash: Buffer, key: ApiKey | null): void {
    // Whoever guesses may fill it, and then costs a query per guess.
    if (this.#entries.size >= MAX_REMEMBERED) this.#entries.clear();
    this.#entries.set(hash.toString("base64"), { key, since: this.#now().getTime() });
  }

  clear(): void {
    this.#entries.clear();
  }
}

const REMEMBERED_MS = 1000;
const MAX_REMEMBERED = 10_000;
