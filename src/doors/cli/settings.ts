import { readFile } from "node:fs/promises";
import { parseEnv } from "node:util";
import { type Config, loadConfig, type Machine, SETTINGS } from "../../config.ts";
import { StartError } from "../../contract/start-error.ts";
import type { Flags, FlagTable } from "./flags.ts";
import { type Output, writeLine } from "./terminal.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

interface SettingsSource {
  readonly flags: Flags;
  /** Flags that the command has for itself: they set nothing although they are called like a setting. */
  readonly ownFlags: FlagTable;
  readonly environment: Environment;
  readonly machine: Machine;
  readonly stderr: Output;
}

/** `QUERN_DATA_DIR` is `--data-dir`, and so on for every setting. */
export const SETTING_FLAGS: FlagTable = Object.fromEntries(
  Object.values(SETTINGS).map((row) => [
    toFlag(row.name),
    { value: "VALUE", help: `${row.description} Default: ${row.default}.` },
  ]),
);

/** A flag wins over the environment, that over `.env`, that over the default. @throws StartError */
export async function readSettings(source: SettingsSource): Promise<Config> {
  const loaded = loadConfig(
    { ...(await readDotEnv()), ...source.environment, ...fromFlags(source) },
    source.machine,
  );
  for (const warning of loaded.warnings) await writeLine(source.stderr, `Warning: ${warning}`);
  if (!loaded.ok) throw new StartError(loaded.problems.join("\n"));
  return loaded.config;
}

function fromFlags({ flags, ownFlags }: SettingsSource): Environment {
  const given = Object.values(SETTINGS)
    .map(({ name }) => ({ name, flag: toFlag(name) }))
    .filter(({ flag }) => flags.isSet(flag) && !Object.hasOwn(ownFlags, flag));
  return Object.fromEntries(given.map(({ name, flag }) => [name, flags.text(flag) ?? ""]));
}

function toFlag(settingName: string): string {
  return settingName.replace("QUERN_", "").toLowerCase().replaceAll("_", "-");
}

async function readDotEnv(): Promise<Environment> {
  try {
    return parseEnv(await readFile(".env", "utf8"));
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return {};
    throw new StartError(`.env can't be read: ${cause}`, { cause });
  }
}
