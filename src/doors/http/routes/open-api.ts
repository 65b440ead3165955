import type { HttpRoute, RouteDescription } from "../http-route.ts";
import type { OpenApiDocument } from "../open-api/open-api-document.ts";

export const OPEN_API_ROUTE: RouteDescription = {
  method: "GET",
  path: "/openapi.json",
  access: "open",
  failsAsExtraction: false,
  operation: {
    id: "openapi",
    summary: "This description for programs",
    description: "OpenAPI 3.1, derived from the same schemas that requests are checked with.",
    replies: [
      {
        status: 200,
        description: "The document.",
        mediaType: "application/json",
        schema: { type: "object" },
        example: { openapi: "3.1.0" },
      },
    ],
    errors: [],
  },
};

export function createOpenApiRoute(document: OpenApiDocument): HttpRoute {
  return {
    ...OPEN_API_ROUTE,
    handle: async (_request, reply) => {
      // For tools in a browser; the document is the same for everybody.
      void reply.header("access-control-allow-origin", "*");
      return document;
    },
  };
}
