import type { z } from "zod";
import type { JobErrorCode, RequestErrorCode } from "../../../contract/error-table.ts";
import type { ComponentName } from "./create-components.ts";
import type { ReplyHeader } from "./describe-headers.ts";
import type { JsonSchema } from "./json-schema.ts";
import type { RequestHeader } from "./request-headers.ts";

/** What the reference says of a route, beside what follows from its method, path and access. */
export interface Operation {
  readonly id: string;
  readonly summary: string;
  readonly description: string;
  /** What its query may hold. */
  readonly query?: z.ZodObject;
  /** Beside the key's. */
  readonly headers?: readonly RequestHeader[];
  readonly body?: { readonly schema: ComponentName; readonly example: unknown };
  readonly replies: readonly OperationReply[];
  /** Beside those that every route of its access has. */
  readonly errors: readonly RequestErrorCode[];
  /** How the page itself may fail; answered with 422. */
  readonly pageErrors?: readonly JobErrorCode[];
}

/** One without a body has no type of it. */
export type OperationReply = ReplyWithBody | (ReplyHead & { readonly mediaType?: never });

interface ReplyHead {
  readonly status: number;
  readonly description: string;
  /** Beside X-Request-Id. */
  readonly headers?: readonly ReplyHeader[];
}

export interface ReplyWithBody extends ReplyHead {
  readonly mediaType: string;
  readonly schema: ComponentName | JsonSchema;
  readonly example: unknown;
}
