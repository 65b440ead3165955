import { createProcessTerminal } from "./doors/cli/process-terminal.ts";
import { runCli } from "./doors/cli/run-cli.ts";
import { readMachine } from "./read-machine.ts";
import { readProduct } from "./read-product.ts";

// Arguments and environment in, exit code out.
process.exitCode = await runCli({
  args: process.argv.slice(2),
  environment: process.env,
  machine: readMachine(),
  version: readProduct().version,
  terminal: createProcessTerminal(process),
});
