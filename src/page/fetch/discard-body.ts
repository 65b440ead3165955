import type { EgressAnswer } from "../../egress/egress.ts";

/** A small body is read to its end, which keeps the connection for the next request; a large one is cut off. */
const WORTH_READING_BYTES = 16 * 1024;
const WORTH_WAITING_MS = 100;

/** Ends an answer whose body nobody wants, so that its turn is given back. Never fails. */
export async function discardBody(body: EgressAnswer["body"]): Promise<void> {
  const timer = setTimeout(() => body.destroy(), WORTH_WAITING_MS);
  let size = 0;
  try {
    for await (const chunk of body) {
      size += chunk.length;
      if (size > WORTH_READING_BYTES) break;
    }
  } catch {
    // Broken or cut off: either way it is over.
  } finally {
    clearTimeout(timer);
    body.destroy();
  }
}
