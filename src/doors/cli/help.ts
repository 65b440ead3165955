import type { Command } from "./command.ts";
import type { FlagTable } from "./flags.ts";
import { SETTING_FLAGS } from "./settings.ts";

export function describeProgram(commands: readonly Command[]): string {
  return [
    "quern: a URL in, clean Markdown out.",
    "",
    ...columns(commands.map(({ name, summary }) => [`quern ${name}`, summary])),
    ...columns([
      ["quern help COMMAND", "what a command takes"],
      ["quern --version", ""],
    ]),
    "",
    "Every setting is a flag as well: QUERN_DATA_DIR is --data-dir. `quern help serve` lists them.",
  ].join("\n");
}

export function describeCommand({ name, usage, summary, flags }: Command): string {
  const sections = [
    ...usage.map((line) => `quern ${line}`),
    "",
    `${summary}.`,
    ...section("Flags", flags),
    ...(name === "serve" ? section("Settings", SETTING_FLAGS) : []),
  ];
  return sections.join("\n");
}

function section(title: string, flags: FlagTable): string[] {
  const rows = Object.entries(flags).map(([name, { value, short, help }]) => {
    const names = short === undefined ? `--${name}` : `-${short}, --${name}`;
    return [value === undefined ? names : `${names} ${value}`, help] as const;
  });
  return rows.length === 0 ? [] : ["", `${title}:`, ...columns(rows)];
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  return rows.map(([left, right]) => `  ${left.padEnd(COLUMN)} ${right}`.trimEnd());
}

const COLUMN = 28;
