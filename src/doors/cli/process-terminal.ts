import type { Terminal } from "./terminal.ts";

/** The real one. */
export function createProcessTerminal(process: NodeJS.Process): Terminal {
  const { stdin, stdout, stderr } = process;
  let readerGone = () => undefined;
  stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    readerGone();
  });
  // Nobody is left who could be told.
  stderr.on("error", () => undefined);
  return {
    stdin,
    stdout,
    stderr,
    onStopSignal(listener) {
      process.on("SIGINT", () => listener("SIGINT"));
      process.on("SIGTERM", () => listener("SIGTERM"));
    },
    onReaderGone(listener) {
      readerGone = () => {
        listener();
        return undefined;
      };
    },
    endNow: (exitCode) => process.exit(exitCode),
  };
}
