import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";

// Most of the time to start is compiling, and in a checkout a good part of the memory is the compiler of types: so the
// outcome is kept. Beside the packages, since what lies in a folder for everybody is not to be run.
const compileCache =
  process.env["NODE_COMPILE_CACHE"] ??
  fileURLToPath(new URL("../node_modules/.cache/quern", import.meta.url));
enableCompileCache(compileCache);
// Threads look here.
process.env["NODE_COMPILE_CACHE"] = compileCache;

const { createProcessTerminal } = await import("./doors/cli/process-terminal.ts");
const { runCli } = await import("./doors/cli/run-cli.ts");
const { readMachine } = await import("./read-machine.ts");
const { readProduct } = await import("./read-product.ts");

// Arguments and environment in, exit code out.
process.exitCode = await runCli({
  args: process.argv.slice(2),
  environment: process.env,
  machine: readMachine(),
  version: readProduct().version,
  terminal: createProcessTerminal(process),
});
