import type { FastifyReply, FastifyRequest } from "fastify";
import type { ApiKey } from "../../contract/api-key.ts";
import type { Operation } from "./open-api/operation.ts";

/** One method of one path, as the router and the reference want it. */
export interface RouteDescription {
  /** GET answers HEAD too. Methods that no route of a path names are answered with 405. */
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  readonly path: string;
  readonly access: RouteAccess;
  /** True: a 422 has the shape of a failed extraction around it, since that is all that its clients read there. */
  readonly failsAsExtraction: boolean;
  readonly operation: Operation;
}

export interface HttpRoute extends RouteDescription {
  /** What comes back is sent, as JSON where it is no string. */
  readonly handle: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;
}

/** `open`: without a key. `local`: with a key, or without one from this machine itself. */
export type RouteAccess = "key" | "open" | "local";

declare module "fastify" {
  interface FastifyContextConfig {
    route?: Pick<RouteDescription, "access" | "failsAsExtraction" | "operation">;
  }
  interface FastifyRequest {
    /** Null where the route needs none. */
    apiKey: ApiKey | null;
    /** The code of the error that was answered, for the log. */
    errorCode: string | null;
  }
}
