import type { RouteDescription } from "../http-route.ts";
import { DOCS_ROUTE } from "./docs.ts";
import { EXTRACT_ROUTE } from "./extract.ts";
import { HEALTH_ROUTE } from "./health.ts";
import { METRICS_ROUTE } from "./metrics.ts";
import { OPEN_API_ROUTE } from "./open-api.ts";

/** Every route that there is, in the order of the reference. */
export const ROUTE_DESCRIPTIONS: readonly RouteDescription[] = [
  EXTRACT_ROUTE,
  HEALTH_ROUTE,
  METRICS_ROUTE,
  OPEN_API_ROUTE,
  DOCS_ROUTE,
];
