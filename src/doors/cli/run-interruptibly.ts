import { SIGNAL_EXIT_CODES, type Terminal } from "./terminal.ts";

/**
 * Runs work that is to end when it is no longer wanted: on Ctrl-C, or when nobody reads its output any more.
 * What does not end by itself then is ended with the process.
 */
export async function runInterruptibly(
  terminal: Terminal,
  work: (signal: AbortSignal) => Promise<number>,
): Promise<number> {
  const controller = new AbortController();
  let endCode: number | null = null;
  const interrupt = (code: number) => {
    endCode ??= code;
    controller.abort();
    setTimeout(() => terminal.endNow(code), GRACE_MS).unref();
  };
  terminal.onStopSignal((signal) => interrupt(SIGNAL_EXIT_CODES[signal]));
  terminal.onReaderGone(() => interrupt(0));
  try {
    const exitCode = await work(controller.signal);
    return endCode ?? exitCode;
  } catch (error) {
    if (endCode !== null) return endCode;
    throw error;
  }
}

/** The contract gives a second from Ctrl-C to the end. */
const GRACE_MS = 700;
