import { apiKeys } from "./0001-api-keys.ts";
import { jobs } from "./0002-jobs.ts";
import type { Migration } from "./migration.ts";

/** In the order in which they run. Only ever added to at the end. */
export const MIGRATIONS: readonly Migration[] = [apiKeys, jobs];
