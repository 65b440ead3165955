import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { RequestErrorCode } from "../../../contract/error-table.ts";
import { toWireJson } from "../../../contract/wire-json.ts";
import type { Observers } from "../observe-request.ts";
import { pickRequestId } from "../request/pick-request-id.ts";

interface ClientErrorRow {
  readonly status: number;
  readonly code: RequestErrorCode;
  readonly retryable: boolean;
  readonly message: string;
}

/** Answers what is no HTTP request, and hence reaches no route. `reason`: Node's code of the error. */
export function answerClientError(
  reason: string,
  socket: Duplex,
  { logger, metrics }: Observers,
): void {
  // Node has let go of the socket, and an error that nobody hears ends the program.
  socket.on("error", () => socket.destroy());
  if (reason === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const row = ROWS.get(reason) ?? NOT_HTTP;
  const requestId = pickRequestId(undefined);
  const body = toWireJson(toBody(row, requestId));
  socket.end(toResponse(row, requestId, body));
  // A socket that is cut while the peer still sends loses the answer on its way.
  socket.resume();
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
  const measure = { method: "none", route: "malformed", status: row.status, durationMs: 0 };
  metrics.requestEnded({ ...measure, bytes: Buffer.byteLength(body) });
  logger.info({ requestId, ...measure, code: row.code, reason }, "request");
}

const LINGER_MS = 500;

const NOT_HTTP: ClientErrorRow = {
  status: 400,
  code: "INVALID_JSON",
  retryable: false,
  message: "This is not a valid HTTP/1.1 request.",
};

/** By the reason. */
const ROWS: ReadonlyMap<string, ClientErrorRow> = new Map([
  [
    "HPE_HEADER_OVERFLOW",
    {
      status: 431,
      code: "PAYLOAD_TOO_LARGE",
      retryable: false,
      message: "The request's headers are too large; 16 KiB in all are read.",
    },
  ],
  [
    "HPE_CHUNK_EXTENSIONS_OVERFLOW",
    {
      status: 413,
      code: "PAYLOAD_TOO_LARGE",
      retryable: false,
      message: "The extensions of the request's chunks are too large.",
    },
  ],
  [
    "ERR_HTTP_REQUEST_TIMEOUT",
    {
      status: 408,
      code: "TIMEOUT",
      retryable: true,
      message: "The request did not arrive in time.",
    },
  ],
]);

function toBody({ code, message, retryable }: ClientErrorRow, requestId: string) {
  return { code, message, correlation_id: requestId, retryable, details: null };
}

function toResponse({ status }: ClientErrorRow, requestId: string, body: string): string {
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    "Content-Type: application/json; charset=utf-8",
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${requestId}`,
    "Connection: close",
  ];
  return `${head.join("\r\n")}\r\n\r\n${body}`;
}
