import type { QuernClient } from "../../../client/create-client.ts";
import type { CommandLine } from "../flags.ts";
import type { Terminal } from "../terminal.ts";
import type { ActionFlag } from "./jobs-flags.ts";

/** What comes after `quern jobs`. */
export interface JobsAction {
  readonly name: string;
  /** How it is called, without `quern`. */
  readonly usage: string;
  /** Besides those that every action has. */
  readonly flags: readonly ActionFlag[];
  /** Reads the command line, before the server is asked. @throws UsageError */
  readonly prepare: (line: CommandLine) => JobsWork;
}

/** The exit code. @throws QuernError, or the reason of the signal */
export type JobsWork = (call: JobsCall) => Promise<number>;

export interface JobsCall {
  readonly client: QuernClient;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}
