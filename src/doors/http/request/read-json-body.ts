import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { MIMEType } from "node:util";
import { RequestError } from "../../../contract/app-error.ts";

/**
 * The JSON of a request's body.
 * @throws RequestError UNSUPPORTED_MEDIA_TYPE, PAYLOAD_TOO_LARGE, INVALID_JSON
 */
export async function readJsonBody(
  request: IncomingMessage,
  { maxBytes }: { readonly maxBytes: number },
): Promise<unknown> {
  if (hasBody(request.headers)) refuseOtherTypes(request.headers);
  const body = await readBody(request, maxBytes);
  if (body.length === 0) {
    throw new RequestError("INVALID_JSON", {
      message: "The request has no body; send a JSON object.",
    });
  }
  return parseJson(body);
}

function hasBody(headers: IncomingHttpHeaders): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

function refuseOtherTypes(headers: IncomingHttpHeaders): void {
  const encoding = headers["content-encoding"] ?? "identity";
  if (encoding.toLowerCase() !== "identity") {
    throw new RequestError("UNSUPPORTED_MEDIA_TYPE", {
      message: "Send the body without a Content-Encoding.",
    });
  }
  // A body of no stated type may be what it is read as (RFC 9110 section 8.3).
  const type = headers["content-type"];
  if (type !== undefined && !isJsonType(type)) throw new RequestError("UNSUPPORTED_MEDIA_TYPE");
}

function isJsonType(contentType: string): boolean {
  const type = parseMediaType(contentType);
  if (type === null) return false;
  // RFC 8259 section 8.1: UTF-8 and nothing else; ASCII is part of it.
  const charset = (type.params.get("charset") ?? "utf-8").toLowerCase();
  const isUtf8 = ["utf-8", "utf8", "us-ascii"].includes(charset);
  return isUtf8 && (type.essence === "application/json" || type.subtype.endsWith("+json"));
}

function parseMediaType(contentType: string): MIMEType | null {
  try {
    return new MIMEType(contentType);
  } catch {
    // Not a media type at all.
    return null;
  }
}

/** What a refused body may still send before its connection is cut, so that most callers get to read the answer. */
const MAX_DISCARDED_BYTES = 16 * 1024 * 1024;
const LINGER_MS = 500;

async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  if (Number(request.headers["content-length"] ?? 0) > maxBytes) {
    discard(request);
    throw tooLarge(maxBytes);
  }
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const chunks: Buffer[] = [];
  let length = 0;
  const take = (chunk: Buffer): void => {
    length += chunk.length;
    chunks.push(chunk);
    if (length <= maxBytes) return;
    request.off("data", take);
    chunks.length = 0;
    discard(request);
    reject(tooLarge(maxBytes));
  };
  request.on("data", take);
  request.once("end", () => resolve(Buffer.concat(chunks)));
  request.once("error", (cause) => reject(brokenOff(cause)));
  return promise;
}

function discard(request: IncomingMessage): void {
  let discarded = 0;
  request.on("data", (chunk: Buffer) => {
    discarded += chunk.length;
    if (discarded <= MAX_DISCARDED_BYTES) return;
    // A cut overtakes the answer: a caller that can send no more gets to read it first.
    request.pause();
    setTimeout(() => request.destroy(), LINGER_MS).unref();
  });
  request.once("error", () => request.destroy());
}

function tooLarge(maxBytes: number): RequestError {
  return new RequestError("PAYLOAD_TOO_LARGE", {
    message: `The request body is larger than ${maxBytes} bytes (QUERN_MAX_BODY_BYTES).`,
  });
}

function brokenOff(cause: unknown): RequestError {
  return new RequestError("INVALID_JSON", {
    message: "The connection ended before the body did.",
    cause,
  });
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    // biome-ignore lint/style/useErrorCause: the cause quotes the body, and bodies don't go to the log.
    throw new RequestError("INVALID_JSON");
  }
}
