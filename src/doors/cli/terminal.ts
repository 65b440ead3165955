import type { Readable, Writable } from "node:stream";

export interface Output extends Writable {
  readonly isTTY?: boolean;
}

export type StopSignal = "SIGINT" | "SIGTERM";

/** The process as the commands see it. */
export interface Terminal {
  readonly stdin: Readable;
  /** For results alone. */
  readonly stdout: Output;
  /** For everything that is said about them. */
  readonly stderr: Output;
  readonly onStopSignal: (listener: (signal: StopSignal) => void) => void;
  /** Whoever reads stdout has gone, as in `quern extract … | head -1`. */
  readonly onReaderGone: (listener: () => void) => void;
  readonly endNow: (exitCode: number) => never;
}

/** By convention 128 and the signal's number. */
export const SIGNAL_EXIT_CODES: Readonly<Record<StopSignal, number>> = {
  SIGINT: 130,
  SIGTERM: 143,
};

/** Writes and waits until there is room for more. */
export async function write(output: Output, text: string): Promise<void> {
  if (output.destroyed || output.write(text)) return;
  await new Promise<void>((resolve) => {
    output.once("drain", resolve);
    output.once("close", resolve);
  });
}

export async function writeLine(output: Output, line: string): Promise<void> {
  await write(output, `${line}\n`);
}
