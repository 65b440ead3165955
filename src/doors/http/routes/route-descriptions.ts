import type { RouteDescription } from "../http-route.ts";
import { CONCURRENCY_ROUTE } from "./concurrency.ts";
import { DOCS_ROUTE } from "./docs.ts";
import { EXTRACT_ROUTE } from "./extract.ts";
import { HEALTH_ROUTE } from "./health.ts";
import { JOB_ROUTE } from "./job.ts";
import { JOB_CANCEL_ROUTE } from "./job-cancel.ts";
import { JOB_EVENTS_ROUTE } from "./job-events.ts";
import { JOB_LIST_ROUTE } from "./job-list.ts";
import { METRICS_ROUTE } from "./metrics.ts";
import { OPEN_API_ROUTE } from "./open-api.ts";
import { STATISTICS_ROUTE } from "./statistics.ts";

/** Every route that there is, in the order of the reference. */
export const ROUTE_DESCRIPTIONS: readonly RouteDescription[] = [
  EXTRACT_ROUTE,
  JOB_ROUTE,
  JOB_EVENTS_ROUTE,
  JOB_CANCEL_ROUTE,
  JOB_LIST_ROUTE,
  STATISTICS_ROUTE,
  CONCURRENCY_ROUTE,
  HEALTH_ROUTE,
  METRICS_ROUTE,
  OPEN_API_ROUTE,
  DOCS_ROUTE,
];
