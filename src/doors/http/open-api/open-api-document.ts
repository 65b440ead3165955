import type { JsonSchema } from "./json-schema.ts";

/** OpenAPI 3.1, as far as we use it. */
export interface OpenApiDocument {
  readonly openapi: "3.1.0";
  readonly info: {
    readonly title: string;
    readonly version: string;
    readonly description: string;
    readonly license: { readonly name: string; readonly identifier: string };
  };
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly securitySchemes: Readonly<Record<string, object>>;
  };
}

export interface OpenApiOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  /** Alternatives; an empty one: no key is needed. */
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters: readonly OpenApiParameter[];
  readonly requestBody?: {
    readonly required: true;
    readonly content: Readonly<Record<string, OpenApiContent>>;
  };
  readonly responses: Readonly<Record<string, OpenApiResponse>>;
}

export interface OpenApiParameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required: boolean;
  readonly description: string;
  readonly schema: JsonSchema;
  readonly example?: string;
}

export interface OpenApiResponse {
  readonly description: string;
  readonly headers: Readonly<
    Record<string, { readonly description: string; readonly schema: JsonSchema }>
  >;
  /** Empty where there is no body. */
  readonly content: Readonly<Record<string, OpenApiContent>>;
}

export interface OpenApiContent {
  readonly schema: JsonSchema;
  readonly examples: Readonly<Record<string, OpenApiExample>>;
}

export interface OpenApiExample {
  readonly summary: string;
  readonly value: unknown;
}
