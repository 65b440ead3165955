import type { StoreAdmin } from "../../../app.ts";
import { type ApiKey, KEY_SCOPES, type KeyWish } from "../../../contract/api-key.ts";
import type { Command, CommandContext } from "../command.ts";
import type { Flags } from "../flags.ts";
import { formatTable } from "../format-table.ts";
import { writeLine } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

export const keys: Command = {
  name: "keys",
  usage: [
    "keys create [--name N] [--account A] [--scope read|write|all] [--budget N] [--per-minute N] [--concurrency N] [--json]",
    "keys list [--json]",
    "keys revoke ID",
  ],
  summary: "Makes, lists and revokes API keys; a running server honours it within two seconds",
  flags: {
    name: { value: "NAME", help: "what the key is for" },
    account: {
      value: "ACCOUNT",
      help: "keys of one account share jobs and webhooks; default: default",
    },
    scope: { value: "SCOPE", help: "read (GET only), write, or all; default: all" },
    budget: { value: "N", help: "tokens per calendar month (UTC); default: no limit" },
    "per-minute": { value: "N", help: "requests per minute; default: no limit" },
    concurrency: { value: "N", help: "pages at once; default: QUERN_KEY_CONCURRENCY" },
    json: { help: "JSON instead of a table" },
  },
  async run(context) {
    const [action, ...rest] = context.positionals;
    const step = chooseStep(action, rest, context);
    const { openStoreAdmin } = await import("../../../app.ts");
    const admin = await openStoreAdmin(await context.loadConfig());
    try {
      return await step(admin.keys);
    } finally {
      await admin.stop();
    }
  },
};

type Step = (admin: StoreAdmin["keys"]) => Promise<number>;

/** Everything that can be wrong with the command line is said before the database is opened. */
function chooseStep(
  action: string | undefined,
  rest: readonly string[],
  { flags, terminal }: CommandContext,
): Step {
  const [id, ...unwanted] = action === "revoke" ? rest : [undefined, ...rest];
  const [first] = unwanted;
  if (first !== undefined) throw new UsageError(`keys ${action} takes no argument "${first}"`);
  switch (action) {
    case "create": {
      const wish = toWish(flags);
      return (admin) => createKey(admin, { wish, flags, terminal });
    }
    case "list":
      return (admin) => listKeys(admin, { flags, terminal });
    case "revoke":
      if (id === undefined) throw new UsageError("keys revoke needs the id of a key");
      return (admin) => revokeKey(admin, { id, terminal });
    default:
      throw new UsageError(
        `keys needs one of create, list, revoke${action ? `, not "${action}"` : ""}`,
      );
  }
}

function toWish(flags: Flags): KeyWish {
  return {
    name: flags.text("name") ?? "",
    account: flags.text("account") ?? "default",
    scope: flags.oneOf("scope", KEY_SCOPES) ?? "all",
    monthlyBudget: flags.wholeNumber("budget", { min: 0 }),
    perMinute: flags.wholeNumber("per-minute", { min: 1 }),
    concurrency: flags.wholeNumber("concurrency", { min: 1 }),
  };
}

type Saying = Pick<CommandContext, "flags" | "terminal">;

async function createKey(
  admin: StoreAdmin["keys"],
  { wish, flags, terminal }: Saying & { wish: KeyWish },
): Promise<number> {
  const { key, secret } = await admin.create(wish);
  if (flags.isSet("json")) {
    await writeLine(terminal.stdout, JSON.stringify({ ...toWire(key), key: secret }, null, 2));
    return 0;
  }
  await writeLine(
    terminal.stderr,
    `Key ${key.id} (${key.scope}, account ${key.account}), shown only now:`,
  );
  await writeLine(terminal.stdout, secret);
  return 0;
}

async function listKeys(admin: StoreAdmin["keys"], { flags, terminal }: Saying): Promise<number> {
  const list = await admin.list();
  const text = flags.isSet("json")
    ? JSON.stringify(list.map(toWire), null, 2)
    : formatTable(COLUMNS, list.map(toCells));
  await writeLine(terminal.stdout, text);
  return 0;
}

async function revokeKey(
  admin: StoreAdmin["keys"],
  { id, terminal }: { id: string } & Pick<Saying, "terminal">,
): Promise<number> {
  const isRevoked = await admin.revoke(id);
  await writeLine(
    terminal.stderr,
    isRevoked ? `Key ${id} is revoked` : `There is no key ${id} that could be revoked`,
  );
  return isRevoked ? 0 : 1;
}

const COLUMNS = [
  "ID",
  "KEY",
  "NAME",
  "ACCOUNT",
  "SCOPE",
  "BUDGET",
  "PER MINUTE",
  "AT ONCE",
  "CREATED",
  "REVOKED",
];

function toCells(key: ApiKey): string[] {
  return [
    key.id,
    `${key.prefix}…`,
    key.name,
    key.account,
    key.scope,
    String(key.monthlyBudget ?? "-"),
    String(key.perMinute ?? "-"),
    String(key.concurrency ?? "-"),
    key.createdAt.toISOString(),
    key.revokedAt?.toISOString() ?? "-",
  ];
}

function toWire(key: ApiKey) {
  return {
    id: key.id,
    prefix: key.prefix,
    name: key.name,
    account: key.account,
    scope: key.scope,
    monthly_budget: key.monthlyBudget,
    per_minute: key.perMinute,
    concurrency: key.concurrency,
    created_at: key.createdAt.toISOString(),
    revoked_at: key.revokedAt?.toISOString() ?? null,
  };
}
