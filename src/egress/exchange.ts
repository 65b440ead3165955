import type { Dispatcher } from "undici";
import { PageError } from "../contract/app-error.ts";
import { AnswerBody } from "./answer-body.ts";
import type { EgressAnswer } from "./egress.ts";
import type { HttpConnection, HttpRequest } from "./http-connection.ts";
import { networkError } from "./network-error.ts";

type Answer = Omit<EgressAnswer, "proxy">;

export interface ExchangeOrder {
  readonly connection: HttpConnection;
  readonly request: HttpRequest;
  readonly headersTimeoutMs: number;
  readonly signal: AbortSignal;
  /** Once, when an answer that has begun is over. The connection is open still where it can be used again. */
  readonly onEnd: () => void;
}

/** Sends one request. Resolves when the headers are there. */
export function exchange(order: ExchangeOrder): Promise<Answer> {
  return new Promise((resolve, reject) => {
    new Exchange(order, { resolve, reject }).start();
  });
}

interface Outcome {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

class Exchange implements Dispatcher.DispatchHandler {
  readonly #order: ExchangeOrder;
  readonly #outcome: Outcome;
  readonly #onAbort: () => void;
  #timer: NodeJS.Timeout | undefined;
  #body: AnswerBody | null = null;
  #hasEnded = false;

  constructor(order: ExchangeOrder, outcome: Outcome) {
    this.#order = order;
    this.#outcome = outcome;
    this.#onAbort = () => this.#fail(order.signal.reason);
  }

  start(): void {
    const { connection, request, headersTimeoutMs, signal } = this.#order;
    if (signal.aborted) {
      this.#fail(signal.reason);
      return;
    }
    signal.addEventListener("abort", this.#onAbort, { once: true });
    this.#timer = setTimeout(() => this.#fail(headersTimeout()), headersTimeoutMs);
    connection.send(request, this);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // The last moment: nothing has been written yet.
    if (this.#order.connection.guard.expectAnswer()) return;
    controller.abort(new Error("the connection brought something before it was asked"));
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number): void {
    // Provisional answers do not come this far: 101 is another protocol, for which nobody asked.
    if (status < 200) this.#fail(networkError("reset"));
    if (this.#hasEnded) return;
    clearTimeout(this.#timer);
    const body = new AnswerBody({
      onHungry: () => controller.resume(),
      onDestroy: () => this.#end({ keepConnection: false }),
    });
    this.#body = body;
    this.#outcome.resolve({ status, headers: readHeaders(controller.rawHeaders), body });
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    if (this.#body?.push(chunk) === false) controller.pause();
  }

  onResponseEnd(): void {
    this.#end({ keepConnection: true });
    this.#body?.end();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#fail(toPageError(error));
  }

  #fail(error: unknown): void {
    if (!this.#end({ keepConnection: false })) return;
    if (this.#body === null) this.#outcome.reject(error);
    else this.#body.fail(error);
  }

  /** False: it had ended before. */
  #end({ keepConnection }: { keepConnection: boolean }): boolean {
    if (this.#hasEnded) return false;
    this.#hasEnded = true;
    clearTimeout(this.#timer);
    this.#order.signal.removeEventListener("abort", this.#onAbort);
    if (!keepConnection) this.#order.connection.destroy();
    if (this.#body !== null) this.#order.onEnd();
    return true;
  }
}

function headersTimeout(): PageError {
  return new PageError("TIMEOUT", {
    message: "The host did not begin to answer in time.",
    details: { reason: "headers" },
  });
}

function toPageError(error: Error & { readonly code?: unknown }): PageError {
  switch (error.code) {
    case "UND_ERR_HEADERS_OVERFLOW":
      return networkError("headers_too_large", error);
    // A header that HTTP cannot carry: doors let none in.
    case "UND_ERR_INVALID_ARG":
    case "UND_ERR_NOT_SUPPORTED":
      return new PageError("INTERNAL_ERROR", { cause: error });
    default:
      return networkError("reset", error);
  }
}

/** Each byte as one character (Latin-1): what it means is the reader's to say. */
function readHeaders(raw: Dispatcher.DispatchController["rawHeaders"]): Answer["headers"] {
  if (!Array.isArray(raw)) return [];
  const texts = raw.map((part) => (typeof part === "string" ? part : part.toString("latin1")));
  return texts.flatMap((name, index) =>
    index % 2 === 0 ? [[name.toLowerCase(), texts[index + 1] ?? ""] as const] : [],
  );
}
