import type { Machine } from "../../config.ts";
import { nearestName } from "../../contract/nearest-name.ts";
import type { Command } from "./command.ts";
import { COMMANDS } from "./commands.ts";
import { parseFlags } from "./flags.ts";
import { describeCommand, describeProgram } from "./help.ts";
import { reportFailure } from "./report-failure.ts";
import { type Environment, readSettings, SETTING_FLAGS } from "./settings.ts";
import { type Terminal, writeLine } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

export interface CliOrder {
  readonly args: readonly string[];
  readonly environment: Environment;
  readonly machine: Machine;
  readonly version: string;
  readonly terminal: Terminal;
}

/** Runs one command line and gives its exit code. */
export async function runCli(order: CliOrder): Promise<number> {
  const [first, ...rest] = order.args;
  const { stdout, stderr } = order.terminal;
  try {
    if (first === "--version" || first === "-v") {
      await writeLine(stdout, order.version);
      return 0;
    }
    if (first === undefined) {
      await writeLine(stderr, describeProgram(COMMANDS));
      return 2;
    }
    if (first === "help" || first === "--help" || first === "-h") return await help(order, rest[0]);
    const command = findCommand(first);
    if (rest.includes("--help") || rest.includes("-h")) return await help(order, command.name);
    return await runCommand(command, { ...order, args: rest });
  } catch (error) {
    const isCommand = COMMANDS.some(({ name }) => name === first);
    return reportFailure(error, { stderr, help: isCommand ? `quern help ${first}` : "quern help" });
  }
}

async function help({ terminal }: CliOrder, topic: string | undefined): Promise<number> {
  const text =
    topic === undefined ? describeProgram(COMMANDS) : describeCommand(findCommand(topic));
  await writeLine(terminal.stdout, text);
  return 0;
}

function findCommand(name: string): Command {
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (command !== undefined) return command;
  const near = nearestName(
    name,
    COMMANDS.map((candidate) => candidate.name),
  );
  throw new UsageError(
    `There is no command "${name}"${near === null ? "" : `; did you mean "${near}"?`}`,
  );
}

async function runCommand(command: Command, order: CliOrder): Promise<number> {
  const { environment, machine, version, terminal } = order;
  const { flags, positionals } = parseFlags(order.args, { ...SETTING_FLAGS, ...command.flags });
  const source = { flags, ownFlags: command.flags, environment, machine, stderr: terminal.stderr };
  const loadConfig = () => readSettings(source);
  return command.run({ positionals, flags, machine, version, terminal, loadConfig });
}
