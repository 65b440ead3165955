import { rm } from "node:fs/promises";
import { join } from "node:path";
import { ROOT, runProgram } from "./run-program.ts";

// `npm run build`: what the package holds. A checkout runs its TypeScript as it is and needs none of it.
await rm(join(ROOT, "dist"), { recursive: true, force: true });
const { ok, output } = await runProgram("tsc", ["-p", "tsconfig.build.json"]);
if (!ok) console.error(output);
process.exitCode = ok ? 0 : 1;
