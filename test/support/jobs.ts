import type { ApiAnswer } from "./api.ts";
import type { Lab } from "./lab.ts";
import { type AsyncJob, readAccepted, readJob } from "./shapes.ts";
import { waitUntil } from "./wait-until.ts";

interface JobWish {
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly key?: string;
}

/** Asks for a page of the lab's site, for later. */
export function askForJob(lab: Lab, path: string, wish: JobWish = {}): Promise<ApiAnswer> {
  const url = lab.site.url + path;
  return lab.api.send({
    method: "POST",
    path: "/v1/extract",
    headers: { "content-type": "application/json", ...wish.headers },
    body: JSON.stringify({ url, processing_mode: "async", ...wish.fields }),
    ...(wish.key !== undefined && { key: wish.key }),
  });
}

/** The same, accepted: its id. */
export async function submitJob(lab: Lab, path: string, wish: JobWish = {}): Promise<string> {
  return readAccepted(await askForJob(lab, path, wish)).job_id;
}

/** A job whose page the site holds back until it is told to let go. */
export async function submitHeldJob(lab: Lab, name: string, wish: JobWish = {}): Promise<string> {
  const path = `/slow/held?${name}`;
  const id = await submitJob(lab, path, { ...wish, fields: { timeout: 60_000, ...wish.fields } });
  await waitUntil(() => isOpen(lab, path), 10_000);
  return id;
}

export function isOpen({ site }: Lab, path: string): boolean {
  return site.requests.some(({ target, state }) => target === path && state === "open");
}

/** How often the site was asked for this page. */
export function countVisits({ site }: Lab, path: string): number {
  return site.requests.filter(({ target }) => target === path).length;
}

/** The job when it has ended. */
export async function endOf({ api }: Lab, id: string, key?: string): Promise<AsyncJob> {
  const path = `/v1/extract/${id}?wait=30`;
  return readJob(await api.send({ path, ...(key !== undefined && { key }) }));
}
