import { PageError, RequestError } from "../../../contract/app-error.ts";
import type { RequestErrorCode } from "../../../contract/error-table.ts";
import { ValidationError } from "../../../contract/validation-error.ts";
import type { RouteAccess, RouteDescription } from "../http-route.ts";
import { pickRetryAfter } from "../reply/pick-retry-after.ts";
import { type ErrorAnswer, toErrorReply } from "../reply/to-error-reply.ts";
import { toSchemaRef } from "./create-components.ts";
import { describeHeaders } from "./describe-headers.ts";
import type { OpenApiResponse } from "./open-api-document.ts";
import type { Operation } from "./operation.ts";

type Responses = Record<string, OpenApiResponse>;

/** The error replies of a route by status, each code with the very reply that the server gives. */
export function describeErrors(route: RouteDescription): Responses {
  const byStatus = Map.groupBy(listErrors(route), (error) => answer(error, route).status);
  const statuses = [...byStatus].toSorted(([one], [other]) => one - other);
  return Object.fromEntries(
    statuses.map(([status, errors]) => [String(status), toResponse(errors, route)]),
  );
}

/** What any route of an access may answer. */
const COMMON_ERRORS: Readonly<Record<RouteAccess, readonly RequestErrorCode[]>> = {
  key: [
    ...(["UNAUTHORIZED", "FORBIDDEN", "NOT_ACCEPTABLE", "RATE_LIMITED"] as const),
    ...(["INTERNAL_ERROR", "UNAVAILABLE"] as const),
  ],
  local: ["UNAUTHORIZED", "FORBIDDEN", "INTERNAL_ERROR"],
  open: ["INTERNAL_ERROR"],
};

const EXAMPLE_ID = "019a3c5e-7b1f-7c42-9d0e-5f6a8b3c2d10";

function listErrors({ access, operation }: RouteDescription): (RequestError | PageError)[] {
  const codes = new Set([...operation.errors, ...COMMON_ERRORS[access]]);
  const pageErrors = operation.pageErrors ?? [];
  return [
    ...[...codes].map((code) =>
      code === "VALIDATION_ERROR" ? badField(operation) : new RequestError(code),
    ),
    ...pageErrors.map((code) => new PageError(code)),
  ];
}

function badField({ query }: Operation): ValidationError {
  if (query === undefined)
    return new ValidationError([{ type: "missing", loc: ["body", "url"], msg: "Field required" }]);
  const value = Object.fromEntries(Object.keys(query.shape).map((name) => [name, "?"]));
  const [issue] = query.safeParse(value).error?.issues ?? [];
  const loc = ["query", String(issue?.path[0])];
  return new ValidationError([{ type: "invalid_value", loc, msg: issue?.message ?? "" }]);
}

function answer(
  error: RequestError | PageError,
  { failsAsExtraction }: RouteDescription,
): ErrorAnswer {
  return toErrorReply(error, { requestId: EXAMPLE_ID, failsAsExtraction });
}

function toResponse(
  errors: readonly (RequestError | PageError)[],
  route: RouteDescription,
): OpenApiResponse {
  const waits = errors.some(
    (error) => error instanceof RequestError && pickRetryAfter(error, route.method) !== null,
  );
  const examples = errors.map((error) => {
    const summary =
      error instanceof PageError ? error.message : new RequestError(error.code).message;
    return [error.code, { summary, value: answer(error, route).body }] as const;
  });
  const isExtraction = examples.some(([, { value }]) => "error" in value);
  return {
    description: examples.map(([code]) => code).join(", "),
    headers: describeHeaders(["X-Request-Id", ...(waits ? (["Retry-After"] as const) : [])]),
    content: {
      "application/json": {
        schema: { $ref: toSchemaRef(isExtraction ? "ExtractionErrorReply" : "ErrorReply") },
        examples: Object.fromEntries(examples),
      },
    },
  };
}
