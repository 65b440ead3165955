import type { Field } from "../../src/doors/http/reference/list-fields.ts";
import { toCurl } from "../../src/doors/http/reference/to-curl.ts";
import type {
  Body,
  Endpoint,
  ErrorRow,
  Parameter,
  Reference,
  Reply,
} from "../../src/doors/http/reference/to-reference.ts";
import { markdownTable } from "./markdown-table.ts";

/** docs/reference/api.md: what /docs shows, for reading in the repository. */
export function renderApi(reference: Reference): string {
  return [
    "# HTTP API",
    "Bodies are JSON in and JSON out. A field that is `null` means its default; one that Quern does not know is ignored and named in the reply's header `X-Ignored-Fields`. The key goes into the header `X-Api-Key`; `Authorization: Bearer` works too. Every reply carries `X-Request-Id`. A running server shows this page at `/docs` and the same for programs at `/openapi.json`.",
    ...reference.endpoints.flatMap(renderEndpoint),
  ].join("\n\n");
}

const ORIGIN = "http://127.0.0.1:3400";

function renderEndpoint(endpoint: Endpoint): string[] {
  const { method, path, summary, description, access, parameters, request, replies, errors } =
    endpoint;
  return [
    `## ${method} ${path}`,
    `**${summary}.** ${description} ${access}`,
    fence("sh", toCurl(endpoint, ORIGIN)),
    ...(parameters.length === 0 ? [] : renderParameters(parameters)),
    ...(request === null ? [] : renderRequest(request)),
    ...replies.flatMap(renderReply),
    ...renderErrors(errors),
  ];
}

function renderParameters(parameters: readonly Parameter[]): string[] {
  const rows = parameters.map(({ name, place, type, otherwise, description }) => [
    `\`${name}\``,
    ...[place, type, otherwise, description],
  ]);
  return ["### Parameters", markdownTable(["Name", "In", "Type", "Default", "Meaning"], rows)];
}

function renderRequest({ fields }: Body): string[] {
  const rows = fields.map(({ path, type, isRequired, defaultValue, description }) => [
    `\`${path}\``,
    type,
    isRequired ? "required" : `\`${defaultValue ?? "null"}\``,
    description,
  ]);
  return ["### Request", markdownTable(["Field", "Type", "Default", "Meaning"], rows)];
}

function renderReply({ status, description, mediaType, fields, example }: Reply): string[] {
  if (mediaType === "") return [`### ${status}`, description];
  const isJson = mediaType === "application/json";
  return [
    `### ${status}`,
    `${description} \`${mediaType}\``,
    isJson ? fence("json", JSON.stringify(example, null, 2)) : fence("text", String(example)),
    ...(fields.length === 0 ? [] : [renderReplyFields(fields)]),
  ];
}

function renderReplyFields(fields: readonly Field[]): string {
  const rows = fields.map(({ path, type, isNullable, description }) => [
    `\`${path}\``,
    isNullable ? `${type} or null` : type,
    description,
  ]);
  return markdownTable(["Field", "Type", "Meaning"], rows);
}

function renderErrors(errors: readonly ErrorRow[]): string[] {
  if (errors.length === 0) return [];
  const rows = errors.map(({ status, code, message }) => [String(status), `\`${code}\``, message]);
  return ["### Errors", markdownTable(["Status", "Code", "Meaning"], rows)];
}

function fence(language: string, code: string): string {
  return `\`\`\`${language}\n${code}\n\`\`\``;
}
