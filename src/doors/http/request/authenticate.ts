import type { FastifyRequest } from "fastify";
import type { ApiKey } from "../../../contract/api-key.ts";
import { RequestError } from "../../../contract/app-error.ts";
import type { RouteAccess } from "../http-route.ts";
import type { HttpServices } from "../http-services.ts";
import { isLocalRequest } from "./is-local-request.ts";

/**
 * Whose request this is; null where the route needs no key.
 * @throws RequestError UNAUTHORIZED
 */
export async function authenticate(
  request: FastifyRequest,
  services: Pick<HttpServices, "authenticate">,
): Promise<ApiKey | null> {
  if (!needsKey(request)) return null;
  const secret = readSecret(request);
  const key = secret === null ? null : await services.authenticate(secret);
  if (key === null) throw new RequestError("UNAUTHORIZED");
  return key;
}

function needsKey(request: FastifyRequest): boolean {
  // A path that no route has needs one too, so that nobody without a key learns what there is.
  const access: RouteAccess = request.routeOptions.config.route?.access ?? "key";
  return access === "key" || (access === "local" && !isLocalRequest(request));
}

function readSecret({ headers }: FastifyRequest): string | null {
  const secret = headers["x-api-key"] ?? readBearer(headers.authorization);
  return typeof secret === "string" && secret !== "" ? secret : null;
}

function readBearer(authorization: string | undefined): string | null {
  return /^Bearer +(\S+)\s*$/i.exec(authorization ?? "")?.[1] ?? null;
}
