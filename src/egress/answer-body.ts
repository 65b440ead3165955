/** A body as it arrives: filled by the connection, read once by whoever asked. */
export class AnswerBody implements AsyncIterable<Uint8Array> {
  readonly #onHungry: () => void;
  readonly #onDestroy: () => void;
  #chunks: Uint8Array[] = [];
  #bytes = 0;
  #end: { readonly error: unknown } | "whole" | null = null;
  #wake: () => void = () => undefined;

  constructor(callbacks: { readonly onHungry: () => void; readonly onDestroy: () => void }) {
    this.#onHungry = callbacks.onHungry;
    this.#onDestroy = callbacks.onDestroy;
  }

  /** False: that is enough until `onHungry`. */
  push(chunk: Uint8Array): boolean {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    this.#wake();
    return this.#bytes < ENOUGH_BYTES && this.#chunks.length < ENOUGH_CHUNKS;
  }

  end(): void {
    this.#end ??= "whole";
    this.#wake();
  }

  /** What has arrived is still read before the error is thrown. */
  fail(error: unknown): void {
    this.#end ??= { error };
    this.#wake();
  }

  /** Nobody wants the rest. */
  destroy(): void {
    this.#end ??= "whole";
    this.#chunks = [];
    this.#wake();
    this.#onDestroy();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, void> {
    try {
      for (;;) {
        yield* this.#takeChunks();
        if (this.#chunks.length > 0) continue;
        if (this.#end === "whole") return;
        if (this.#end !== null) throw this.#end.error;
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    } finally {
      this.destroy();
    }
  }

  #takeChunks(): Uint8Array[] {
    const chunks = this.#chunks;
    this.#chunks = [];
    this.#bytes = 0;
    if (chunks.length > 0) this.#onHungry();
    return chunks;
  }
}

const ENOUGH_BYTES = 128 * 1024;
const ENOUGH_CHUNKS = 256;
