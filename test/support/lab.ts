import { type Site, startSite } from "../site/site.ts";
import { type Api, createApi } from "./api.ts";
import { type Quern, startQuern } from "./start-quern.ts";

/** A server, the site that it may read, and a way to ask it. */
export interface Lab {
  readonly site: Site;
  readonly quern: Quern;
  readonly api: Api;
  stop(): Promise<void>;
}

/** Starts both; the server is allowed the site's ports and nothing else of this machine. */
export async function startLab(env: Readonly<Record<string, string>> = {}): Promise<Lab> {
  const site = await startSite();
  try {
    const quern = await startQuern({
      env: {
        QUERN_ALLOW_NETWORKS: networksOf(site),
        // Every test's pages are on this one host.
        QUERN_HOST_CONCURRENCY: "50",
        ...env,
      },
    });
    return {
      site,
      quern,
      api: createApi(quern),
      stop: async () => {
        await quern.stop();
        await site.stop();
      },
    };
  } catch (error) {
    await site.stop();
    throw error;
  }
}

/** A lab for one test. */
export async function withLab(
  env: Readonly<Record<string, string>>,
  work: (lab: Lab) => Promise<void>,
): Promise<void> {
  const lab = await startLab(env);
  try {
    await work(lab);
  } finally {
    await lab.stop();
  }
}

export function networksOf({ url, otherUrl, httpsUrl }: Site): string {
  return [url, otherUrl, httpsUrl]
    .map((origin) => `127.0.0.1/32:${new URL(origin).port}`)
    .join(",");
}
