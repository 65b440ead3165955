import { join } from "node:path";
import { findChromium } from "../../test/support/find-chromium.ts";
import { listeningUrl } from "../../test/support/listening-url.ts";
import { startProgram } from "../../test/support/start-program.ts";
import { startQuern } from "../../test/support/start-quern.ts";

export const RENDERERS = ["quern", "playwright"] as const;

export type RendererName = (typeof RENDERERS)[number];

/** A server under measurement: both answer POST /v1/extract with `data.html`, the DOM after rendering. */
export interface RendererUnderTest {
  readonly name: RendererName;
  readonly pid: number;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function startRenderer(
  name: RendererName,
  origin: URL,
  tabs: number,
): Promise<RendererUnderTest> {
  return name === "quern" ? startOurs(origin, tabs) : startPlaywright();
}

async function startOurs(origin: URL, tabs: number): Promise<RendererUnderTest> {
  const quern = await startQuern({
    env: {
      QUERN_ALLOW_NETWORKS: `127.0.0.1/32:${origin.port}`,
      QUERN_HOST_CONCURRENCY: "64",
      QUERN_BROWSER_PAGES: String(tabs),
    },
  });
  return {
    name: "quern",
    pid: quern.pid,
    url: quern.url,
    headers: { "x-api-key": quern.key },
    [Symbol.asyncDispose]: async () => void (await quern.stop()),
  };
}

async function startPlaywright(): Promise<RendererUnderTest> {
  const program = await startProgram({
    args: [join(import.meta.dirname, "playwright-server.ts"), await findChromium()],
    cwd: import.meta.dirname,
    env: {},
    firstLineTimeoutMs: 60_000,
  });
  return {
    name: "playwright",
    pid: program.pid,
    url: listeningUrl(program.firstLine),
    headers: {},
    [Symbol.asyncDispose]: async () => void (await program.stop()),
  };
}

/** True where the page came with its text. */
export async function renderOnce(
  { url, headers }: RendererUnderTest,
  pageUrl: string,
): Promise<boolean> {
  const answer = await fetch(`${url}/v1/extract`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ url: pageUrl, render_js: true, formats: ["html"] }),
  });
  return (await answer.text()).includes("Paragraph 59 tells");
}
