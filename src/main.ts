import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";

// A third of the time to start is compiling. Kept beside the packages: what lies in a folder for everybody is not to be run.
const compileCache = fileURLToPath(new URL("../node_modules/.cache/quern", import.meta.url));
enableCompileCache(compileCache);
// Threads look here: what they don't find compiled costs each of them its own compiler.
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
