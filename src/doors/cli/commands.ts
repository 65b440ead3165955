import type { Command } from "./command.ts";
import { backup } from "./commands/backup.ts";
import { doctor } from "./commands/doctor.ts";
import { extract } from "./commands/extract.ts";
import { jobs } from "./commands/jobs.ts";
import { keys } from "./commands/keys.ts";
import { serve } from "./commands/serve.ts";

/** In the order of the help. */
export const COMMANDS: readonly Command[] = [serve, extract, jobs, keys, backup, doctor];
