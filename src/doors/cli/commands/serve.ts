import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { ServerApp } from "../../../app.ts";
import type { Config } from "../../../config.ts";
import { StartError } from "../../../contract/start-error.ts";
import type { Command } from "../command.ts";
import { SIGNAL_EXIT_CODES, type Terminal, writeLine } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

export const serve: Command = {
  name: "serve",
  usage: ["serve [--port N] [--data-dir DIR] …"],
  summary: "Serves the HTTP API until it is told to stop",
  flags: {},
  async run({ positionals, loadConfig, machine, terminal }) {
    const [unwanted] = positionals;
    if (unwanted !== undefined) throw new UsageError(`serve takes no argument "${unwanted}"`);
    const config = await loadConfig();
    const stopAsked = waitForStop(terminal);
    const { startServer } = await import("../../../app.ts");
    const server = await startServer({ config, machine });
    await announce(server, { config, stdout: terminal.stdout });
    await stopAsked;
    await server.stop();
    return 0;
  },
};

/** Resolves at the first signal; a later one ends the process at once. */
function waitForStop(terminal: Terminal): Promise<void> {
  return new Promise((resolveStop) => {
    let firstAt: number | null = null;
    terminal.onStopSignal((signal) => {
      const now = performance.now();
      firstAt ??= now;
      // A terminal's Ctrl-C comes twice: from the terminal itself and from npm.
      if (now - firstAt > SAME_SIGNAL_MS) terminal.endNow(SIGNAL_EXIT_CODES[signal]);
      resolveStop();
    });
  });
}

const SAME_SIGNAL_MS = 500;

async function announce(
  server: ServerApp,
  { config, stdout }: { config: Config; stdout: Terminal["stdout"] },
): Promise<void> {
  const dataDir = resolve(server.dataDir);
  const lines = [`Quern listens on ${server.url}`, `Data: ${dataDir}`];
  const keyFile = join(dataDir, FIRST_KEY_FILE);
  const isKept = config.apiKey === null && existsSync(keyFile);
  let secret = isKept ? readByShell(keyFile) : "$QUERN_API_KEY";
  if (server.firstKey !== null && stdout.isTTY === true) {
    secret = server.firstKey.secret;
    lines.push(`The first key, shown only now: ${secret}`);
  } else if (server.firstKey !== null) {
    await keepFirstKey(keyFile, server.firstKey.secret);
    secret = readByShell(keyFile);
    lines.push(`The first key is in ${keyFile}`);
  }
  lines.push(curlLine(server.url, secret));
  await writeLine(stdout, lines.join("\n"));
}

const FIRST_KEY_FILE = "first-key";

function readByShell(file: string): string {
  return `$(cat '${file}')`;
}

/** Where nobody looks at the output it may end in a log, and secrets don't belong there. */
async function keepFirstKey(file: string, secret: string): Promise<void> {
  try {
    await rm(file, { force: true });
    await writeFile(file, `${secret}\n`, { mode: 0o600, flag: "wx" });
  } catch (cause) {
    throw new StartError(`The first key can't be written to ${file}: ${cause}`, { cause });
  }
}

/** Works when it is pasted on the same machine. */
function curlLine(serverUrl: string, secret: string): string {
  const url = serverUrl.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:");
  const body = JSON.stringify({ url: "https://example.com", formats: ["markdown"] });
  return `curl ${url}/v1/extract -H "X-Api-Key: ${secret}" -H 'Content-Type: application/json' -d '${body}'`;
}
