import type { Config, Machine } from "../../config.ts";
import type { Flags, FlagTable } from "./flags.ts";
import type { Terminal } from "./terminal.ts";

/** One verb of `quern`. */
export interface Command {
  readonly name: string;
  /** How it is called, one line for each form, without `quern`. */
  readonly usage: readonly string[];
  readonly summary: string;
  readonly flags: FlagTable;
  /** The exit code. @throws UsageError, StartError, RequestError, PageError */
  readonly run: (context: CommandContext) => Promise<number>;
}

export interface CommandContext {
  readonly positionals: readonly string[];
  readonly flags: Flags;
  /** Flags, environment and `.env` together. @throws StartError that names every bad setting */
  readonly loadConfig: () => Promise<Config>;
  readonly machine: Machine;
  readonly version: string;
  readonly terminal: Terminal;
}
