import { type ProgramRun, runProgram } from "./run-program.ts";

interface Check {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

/** Everything that can be said of the code without running it. */
const CHECKS: readonly Check[] = [
  { name: "format and lint", command: "biome", args: ["check", "--error-on-warnings", "."] },
  { name: "types", command: "tsc", args: ["-p", ".", ...incremental("all")] },
  // Without any ambient type: what compiles so runs in a browser as well.
  {
    name: "pure rooms",
    command: "tsc",
    args: ["-p", "tsconfig.pure.json", ...incremental("pure")],
  },
  {
    name: "import law",
    command: "depcruise",
    args: ["src", "test", "--config", ".dependency-cruiser.mjs"],
  },
  { name: "generated documents", command: "node", args: ["scripts/generate-docs.ts", "--check"] },
];

/** Runs all of them side by side, a line each; the output of those that fail. True when none does. */
export async function runChecks(): Promise<boolean> {
  const runs = await Promise.all(CHECKS.map(runCheck));
  return runs.every(({ ok }) => ok);
}

async function runCheck({ name, command, args }: Check): Promise<ProgramRun> {
  const run = await runProgram(command, args);
  const seconds = (run.ms / 1000).toFixed(1);
  console.log(`${run.ok ? "ok    " : "FAILED"} ${name.padEnd(20)} ${seconds} s`);
  if (!run.ok) console.log(run.output);
  return run;
}

/** TypeScript remembers what it knew: the next run looks at changes alone. */
function incremental(name: string): string[] {
  const file = `node_modules/.cache/quern/types-${name}.tsbuildinfo`;
  return ["--noEmit", "--incremental", "--tsBuildInfoFile", file];
}
