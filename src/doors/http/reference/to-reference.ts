import type { JsonSchema } from "../open-api/json-schema.ts";
import type {
  OpenApiContent,
  OpenApiDocument,
  OpenApiOperation,
  OpenApiParameter,
  OpenApiResponse,
} from "../open-api/open-api-document.ts";
import { describeType } from "./describe-type.ts";
import { type Field, listFields } from "./list-fields.ts";
import type { Schemas } from "./resolve-schema.ts";

/** The API as people read it: what the page and the Markdown reference are written from. */
export interface Reference {
  readonly title: string;
  readonly version: string;
  readonly description: string;
  readonly endpoints: readonly Endpoint[];
}

export interface Endpoint {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  /** In words. */
  readonly access: string;
  readonly needsKey: boolean;
  readonly parameters: readonly Parameter[];
  readonly request: Body | null;
  readonly replies: readonly Reply[];
  readonly errors: readonly ErrorRow[];
}

/** A part of the path, of the query, or a header. */
export interface Parameter {
  readonly name: string;
  readonly place: "path" | "query" | "header";
  readonly type: string;
  /** What holds where it is left out: empty for nothing. Backticks mark code. */
  readonly otherwise: string;
  readonly description: string;
  readonly example: string | null;
}

export interface Body {
  /** Empty where there is no body. */
  readonly mediaType: string;
  readonly fields: readonly Field[];
  readonly example: unknown;
}

export interface Reply extends Body {
  readonly status: number;
  readonly description: string;
}

export interface ErrorRow {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

export function toReference({ info, paths, components }: OpenApiDocument): Reference {
  const endpoints = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) =>
      toEndpoint({ method: method.toUpperCase(), path }, operation, components.schemas),
    ),
  );
  return { title: info.title, version: info.version, description: info.description, endpoints };
}

function toEndpoint(
  place: Pick<Endpoint, "method" | "path">,
  operation: OpenApiOperation,
  schemas: Schemas,
): Endpoint {
  const responses = Object.entries(operation.responses).map(
    ([status, response]) => [Number(status), response] as const,
  );
  return {
    ...place,
    id: operation.operationId,
    summary: operation.summary,
    description: operation.description,
    ...describeAccess(operation.security),
    parameters: operation.parameters.map((parameter) => toParameter(parameter, schemas)),
    request: operation.requestBody ? toBody(operation.requestBody.content, schemas) : null,
    replies: responses
      .filter(([, response]) => !isErrorReply(response))
      .map(([status, response]) => ({
        status,
        description: response.description,
        ...toBody(response.content, schemas),
      })),
    errors: responses.filter(([, response]) => isErrorReply(response)).flatMap(toErrorRows),
  };
}

function toParameter(
  { name, in: place, required, description, schema, example }: OpenApiParameter,
  schemas: Schemas,
): Parameter {
  return {
    name,
    place,
    type: describeType(schema, schemas),
    otherwise: describeAbsence(required, schema),
    description,
    example: example ?? null,
  };
}

function describeAbsence(isRequired: boolean, schema: JsonSchema): string {
  if (isRequired) return "required";
  return "default" in schema ? `\`${JSON.stringify(schema.default)}\`` : "";
}

function describeAccess(security: OpenApiOperation["security"]) {
  if (security.length === 0) return { access: "No key needed.", needsKey: false };
  const isOptional = security.some((alternative) => Object.keys(alternative).length === 0);
  if (!isOptional) return { access: "Needs a key.", needsKey: true };
  return { access: "Needs a key, except from the machine itself.", needsKey: false };
}

function isErrorReply({ content }: OpenApiResponse): boolean {
  return /ErrorReply$/.test(content["application/json"]?.schema.$ref ?? "");
}

function toBody(content: Readonly<Record<string, OpenApiContent>>, schemas: Schemas): Body {
  const [first] = Object.entries(content);
  if (first === undefined) return { mediaType: "", fields: [], example: null };
  const [mediaType, { schema, examples }] = first;
  const [example] = Object.values(examples);
  return { mediaType, fields: listFields(schema, schemas), example: example?.value };
}

function toErrorRows([status, { content }]: readonly [number, OpenApiResponse]): ErrorRow[] {
  return Object.values(content).flatMap(({ examples }) =>
    Object.entries(examples).map(([code, { summary }]) => ({ status, code, message: summary })),
  );
}
