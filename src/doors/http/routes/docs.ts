import type { FastifyRequest } from "fastify";
import type { HttpRoute, RouteDescription } from "../http-route.ts";
import type { OpenApiDocument } from "../open-api/open-api-document.ts";
import { renderReferencePage, toReferencePagePolicy } from "../reference/render-reference-page.ts";
import { toReference } from "../reference/to-reference.ts";

export const DOCS_ROUTE: RouteDescription = {
  method: "GET",
  path: "/docs",
  access: "open",
  failsAsExtraction: false,
  operation: {
    id: "docs",
    summary: "This reference as a page",
    description: "One page, nothing loaded from elsewhere.",
    replies: [
      {
        status: 200,
        description: "The page.",
        mediaType: "text/html",
        schema: { type: "string" },
        example: "<!doctype html>",
      },
    ],
    errors: [],
  },
};

export function createDocsRoute(document: OpenApiDocument): HttpRoute {
  const reference = toReference(document);
  const policy = toReferencePagePolicy();
  return {
    ...DOCS_ROUTE,
    handle: async (request, reply) => {
      void reply.type("text/html; charset=utf-8").headers({
        "content-security-policy": policy,
        "referrer-policy": "no-referrer",
      });
      return renderReferencePage(reference, { origin: originOf(request) });
    },
  };
}

const DEFAULT_ORIGIN = "http://127.0.0.1:3400";

/** Where the reader found this page, so that the examples work when pasted. */
function originOf({ headers }: FastifyRequest): string {
  const isSecure = headers["x-forwarded-proto"] === "https";
  const origin = `${isSecure ? "https" : "http"}://${headers.host ?? ""}`;
  return URL.canParse(origin) && new URL(origin).origin === origin ? origin : DEFAULT_ORIGIN;
}
