import { runChecks } from "./run-checks.ts";

// `npm run check`: format, lint, types, import law and drift of generated documents, in seconds.
process.exitCode = (await runChecks()) ? 0 : 1;
