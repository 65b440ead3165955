import { jobListQuerySchema, toJobListQuery } from "../../../contract/job-queries.ts";
import type { ExtractJobList } from "../../../contract/job-response.ts";
import { toJobListItem } from "../../../contract/to-extract-job.ts";
import type { HttpRoute, RouteDescription } from "../http-route.ts";
import type { HttpServices } from "../http-services.ts";
import { keyOf } from "../request/key-of.ts";
import { readQuery } from "../request/read-query.ts";
import { EXAMPLE_JOB_LIST } from "./job-example.ts";

export const JOB_LIST_ROUTE: RouteDescription = {
  method: "GET",
  path: "/v1/extract/jobs",
  access: "key",
  failsAsExtraction: false,
  operation: {
    id: "jobs",
    summary: "The account's jobs, newest first",
    description:
      "Filters combine with AND. Extractions that were answered at once are listed too. Past the last page `jobs` is empty. A row stays for 30 days.",
    query: jobListQuerySchema,
    replies: [
      {
        status: 200,
        description: "One page of the list.",
        mediaType: "application/json",
        schema: "ExtractJobList",
        example: EXAMPLE_JOB_LIST,
        headers: ["X-Ignored-Fields"],
      },
    ],
    errors: ["VALIDATION_ERROR"],
  },
};

/** GET /v1/extract/jobs: one page of the account's jobs. */
export function createJobListRoute({
  services,
}: {
  readonly services: Pick<HttpServices, "jobs">;
}): HttpRoute {
  return {
    ...JOB_LIST_ROUTE,
    handle: async (request, reply): Promise<ExtractJobList> => {
      const query = toJobListQuery(readQuery({ request, reply, schema: jobListQuerySchema }));
      const { jobs, total } = await services.jobs.list({ key: keyOf(request), query });
      return {
        jobs: jobs.map(toJobListItem),
        page: query.page,
        page_size: query.pageSize,
        page_count: Math.ceil(total / query.pageSize),
        is_capped: false,
      };
    },
  };
}
