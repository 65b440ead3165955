import { parseArgs } from "node:util";
import { nearestName } from "../../contract/nearest-name.ts";
import { UsageError } from "./usage-error.ts";

export interface FlagSpec {
  readonly help: string;
  /** What its value is called in the help; absent: the flag is a switch. */
  readonly value?: string;
  readonly short?: string;
  readonly repeats?: boolean;
}

export type FlagTable = Readonly<Record<string, FlagSpec>>;

export interface CommandLine {
  readonly flags: Flags;
  readonly positionals: readonly string[];
}

/** @throws UsageError that names the flag and the nearest one that exists */
export function parseFlags(args: readonly string[], table: FlagTable): CommandLine {
  const { tokens, positionals } = parseArgs({
    args: [...args],
    options: toOptions(table),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const value = readValue(token, table);
    const sofar = table[token.name]?.repeats ? (values.get(token.name) ?? []) : [];
    values.set(token.name, [...sofar, value]);
  }
  return { flags: new Flags(values), positionals };
}

/** What was given, by name. A flag that repeats although it need not has its last value. */
export class Flags {
  readonly #values: ReadonlyMap<string, readonly string[]>;

  constructor(values: ReadonlyMap<string, readonly string[]>) {
    this.#values = values;
  }

  isSet(name: string): boolean {
    return this.#values.has(name);
  }

  text(name: string): string | null {
    return this.#values.get(name)?.at(-1) ?? null;
  }

  texts(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  /** @throws UsageError */
  wholeNumber(name: string, { min, max }: NumberRange): number | null {
    const text = this.text(name);
    if (text === null) return null;
    const value = Number(text);
    const isWithin = value >= min && value <= (max ?? Number.MAX_SAFE_INTEGER);
    if (/^\d+$/.test(text) && isWithin) return value;
    const end = max === undefined ? "" : ` to ${max}`;
    throw new UsageError(`--${name} is "${text}": allowed is a whole number from ${min}${end}`);
  }

  /** @throws UsageError */
  oneOf<Word extends string>(name: string, words: readonly Word[]): Word | null {
    const text = this.text(name);
    if (text === null) return null;
    const word = words.find((candidate) => candidate === text);
    if (word !== undefined) return word;
    throw new UsageError(`--${name} is "${text}": allowed is ${words.join(", ")}`);
  }
}

interface NumberRange {
  readonly min: number;
  readonly max?: number;
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function readValue({ name, rawName, value, inlineValue }: OptionToken, table: FlagTable): string {
  const spec = Object.hasOwn(table, name) ? table[name] : undefined;
  if (spec === undefined) throw new UsageError(describeUnknown(rawName, table));
  if (spec.value === undefined) {
    if (value === undefined) return "";
    throw new UsageError(`${rawName} takes no value`);
  }
  if (value === undefined) throw new UsageError(`${rawName} needs a value: ${spec.value}`);
  // `--port --host x`: as good as surely the value was forgotten. One that begins so is written with `=`.
  if (!inlineValue && /^--?[a-z]/i.test(value)) {
    throw new UsageError(`${rawName} needs a value, and "${value}" looks like a flag`);
  }
  return value;
}

function describeUnknown(rawName: string, table: FlagTable): string {
  const known = Object.keys(table).map((name) => `--${name}`);
  const near = nearestName(rawName, known);
  return `There is no flag ${rawName}${near === null ? "" : `; did you mean ${near}?`}`;
}

function toOptions(table: FlagTable) {
  return Object.fromEntries(
    Object.entries(table).map(([name, { value, short }]) => [
      name,
      {
        type: value === undefined ? ("boolean" as const) : ("string" as const),
        ...(short !== undefined && { short }),
      },
    ]),
  );
}
