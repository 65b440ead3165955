import type { FastifyRequest } from "fastify";
import type { KeyScope } from "../../../contract/api-key.ts";
import { RequestError } from "../../../contract/app-error.ts";
import { accepts } from "./accepts.ts";

/**
 * What is asked of every request before its route looks at it.
 * @throws RequestError FORBIDDEN, NOT_ACCEPTABLE, UNAVAILABLE
 */
export function admit(request: FastifyRequest, { isStopping }: { readonly isStopping: boolean }) {
  const isReading = READING_METHODS.has(request.method);
  refuseScope(request, isReading);
  refuseAccept(request);
  if (isStopping && !isReading) {
    throw new RequestError("UNAVAILABLE", { message: "Quern is stopping; ask again shortly." });
  }
}

const READING_METHODS: ReadonlySet<string> = new Set(["GET", "HEAD"]);

function refuseScope({ apiKey }: FastifyRequest, isReading: boolean): void {
  if (apiKey === null || apiKey.scope === "all") return;
  const needed: KeyScope = isReading ? "read" : "write";
  if (apiKey.scope === needed) return;
  throw new RequestError("FORBIDDEN", {
    message: `This API key has the scope ${apiKey.scope}; this request needs ${needed} or all.`,
  });
}

function refuseAccept({ headers, routeOptions }: FastifyRequest): void {
  const { url = "", config } = routeOptions;
  if (!url.startsWith("/v1/")) return;
  const replies = config.route?.operation.replies ?? [];
  // Errors are JSON whatever a route answers with.
  const mediaTypes = ["application/json", ...replies.map(({ mediaType = "" }) => mediaType)];
  if (!accepts(headers.accept, mediaTypes)) throw new RequestError("NOT_ACCEPTABLE");
}
