import type { ListRow } from "./measure-lists.ts";
import type { OpenJobsRow } from "./measure-open-jobs.ts";
import type { QueueRow } from "./measure-queues.ts";

export interface JobsResult {
  readonly jobs: number;
  readonly clients: number;
  readonly rounds: number;
  readonly queues: readonly QueueRow[];
  readonly open: readonly OpenJobsRow[];
  readonly lists: readonly ListRow[];
}
