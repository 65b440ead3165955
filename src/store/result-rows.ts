import type { Selectable } from "kysely";
import type { JobEnd, JobResult } from "../contract/job.ts";
import { packText, unpackText } from "./pack-text.ts";
import { parseOwnJson } from "./parse-own-json.ts";
import { prepareStatement, type Slot, slotsOf } from "./prepare-statement.ts";
import type { ResultTable } from "./schema.ts";
import type { SqlEngine, Step } from "./sql-engine.ts";

const COLUMNS = ["job_id", "metadata", "data", "expires_at"] as const;

/** The step that keeps what a job leaves, for the unit that ends it. */
export function prepareResult({ query }: SqlEngine) {
  const insert = prepareStatement((slot: Slot<Selectable<ResultTable>>) =>
    query.insertInto("results").values(slotsOf(slot, COLUMNS)),
  );
  return async (jobId: string, end: JobEnd) => {
    const row = {
      job_id: jobId,
      metadata: end.metadata === null ? null : JSON.stringify(end.metadata),
      data: end.data === null ? null : await packText(JSON.stringify(end.data)),
      expires_at: end.resultExpiresAt.getTime(),
    };
    return { query: insert(row) } satisfies Step<unknown>;
  };
}

export async function toResult(row: Pick<ResultTable, "metadata" | "data">): Promise<JobResult> {
  return {
    metadata: row.metadata === null ? null : parseOwnJson(row.metadata),
    data: row.data === null ? null : parseOwnJson(await unpackText(row.data)),
  };
}
