import type { RouteAccess, RouteDescription } from "../http-route.ts";
import { toPathTemplate } from "../to-path-template.ts";
import { createComponents, toSchemaRef } from "./create-components.ts";
import { describeErrors } from "./describe-errors.ts";
import { describeHeaders } from "./describe-headers.ts";
import { describeParameters } from "./describe-parameters.ts";
import type {
  OpenApiContent,
  OpenApiDocument,
  OpenApiOperation,
  OpenApiResponse,
} from "./open-api-document.ts";
import type { OperationReply, ReplyWithBody } from "./operation.ts";

interface Reference {
  readonly version: string;
  readonly routes: readonly RouteDescription[];
}

/** The description of the API for programs: derived from the contract's schemas and the routes. */
export function createOpenApi({ version, routes }: Reference): OpenApiDocument {
  return {
    openapi: "3.1.0",
    info: {
      title: "Quern",
      version,
      description: "A URL in, clean Markdown out.",
      license: { name: "Apache License 2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    paths: toPaths(routes),
    components: { schemas: createComponents(), securitySchemes: SECURITY_SCHEMES },
  };
}

const SECURITY_SCHEMES = {
  apiKey: { type: "apiKey", in: "header", name: "X-Api-Key" },
  bearer: { type: "http", scheme: "bearer" },
} as const;

const WITH_KEY = [{ apiKey: [] }, { bearer: [] }] as const;

const SECURITY: Readonly<Record<RouteAccess, OpenApiOperation["security"]>> = {
  key: WITH_KEY,
  open: [],
  local: [{}, ...WITH_KEY],
};

function toPaths(routes: readonly RouteDescription[]): OpenApiDocument["paths"] {
  const paths: Record<string, Record<string, OpenApiOperation>> = {};
  for (const route of routes) {
    const path = toPathTemplate(route.path);
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: toOperation(route) };
  }
  return paths;
}

function toOperation(route: RouteDescription): OpenApiOperation {
  const { id, summary, description, replies } = route.operation;
  return {
    operationId: id,
    summary,
    description,
    security: SECURITY[route.access],
    parameters: describeParameters(route),
    ...toRequestBody(route),
    responses: {
      ...Object.fromEntries(replies.map((reply) => [String(reply.status), toResponse(reply)])),
      ...describeErrors(route),
    },
  };
}

function toRequestBody({ operation: { body, summary } }: RouteDescription) {
  if (body === undefined) return {};
  const content = {
    schema: { $ref: toSchemaRef(body.schema) },
    examples: { request: { summary, value: body.example } },
  };
  return { requestBody: { required: true, content: { "application/json": content } } } as const;
}

function toResponse(reply: OperationReply): OpenApiResponse {
  const { description, headers = [] } = reply;
  return {
    description,
    headers: describeHeaders(["X-Request-Id", ...headers]),
    content: reply.mediaType === undefined ? {} : { [reply.mediaType]: toContent(reply) },
  };
}

function toContent({ schema, example, description }: ReplyWithBody): OpenApiContent {
  return {
    schema: typeof schema === "string" ? { $ref: toSchemaRef(schema) } : schema,
    examples: { reply: { summary: description, value: example } },
  };
}
