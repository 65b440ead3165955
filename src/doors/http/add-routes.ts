import { METHODS } from "node:http";
import type { FastifyInstance } from "fastify";
import { RequestError } from "../../contract/app-error.ts";
import type { HttpRoute } from "./http-route.ts";
import { explainNotFound } from "./reply/explain-not-found.ts";
import { admit } from "./request/admit.ts";

interface RoutesState {
  readonly isStopping: () => boolean;
}

/** Every method of every path has an answer: its route's, or 405 with the methods that there are. */
export function addRoutes(
  app: FastifyInstance,
  routes: readonly HttpRoute[],
  { isStopping }: RoutesState,
): void {
  // Bodies are read by the routes that want one, after everything that can be refused without it.
  for (const method of METHODS) app.addHttpMethod(method, { overrideExisting: true });
  for (const route of routes) {
    const { method, path: url } = route;
    app.route({
      method,
      url,
      config: { route },
      handler: async (request, reply) => {
        admit(request, { isStopping: isStopping() });
        return route.handle(request, reply);
      },
    });
  }
  for (const ofPath of Map.groupBy(routes, ({ path }) => path).values()) {
    refuseOtherMethods(app, ofPath);
  }
  app.setNotFoundHandler(async ({ url }) => {
    const [path = ""] = url.split("?");
    throw new RequestError("NOT_FOUND", { message: explainNotFound(path, routes) });
  });
}

function refuseOtherMethods(app: FastifyInstance, routes: readonly HttpRoute[]): void {
  const [first] = routes;
  if (first === undefined) return;
  const allowed = routes.flatMap(({ method }) => (method === "GET" ? ["GET", "HEAD"] : [method]));
  app.route({
    method: METHODS.filter((method) => !allowed.includes(method)),
    url: first.path,
    config: { route: first },
    handler: async (_request, reply) => {
      void reply.header("allow", allowed.join(", "));
      throw new RequestError("METHOD_NOT_ALLOWED");
    },
  });
}
