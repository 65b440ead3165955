import { type Agent, request } from "undici";
import type { Contender } from "./contenders.ts";

export interface AskedPage {
  readonly ok: boolean;
  readonly ms: number;
}

/** One page to Markdown over HTTP, timed from the first byte sent to the last one received. */
export async function askPage(
  contender: Contender,
  pageUrl: string,
  agent: Agent,
): Promise<AskedPage> {
  const begin = performance.now();
  const { statusCode, body } = await request(`${contender.url}/v1/extract`, {
    method: "POST",
    dispatcher: agent,
    headers: { "content-type": "application/json", ...contender.headers },
    body: JSON.stringify({ url: pageUrl, formats: ["markdown"] }),
  });
  await body.dump({ limit: Number.POSITIVE_INFINITY });
  return { ok: statusCode === 200, ms: performance.now() - begin };
}
