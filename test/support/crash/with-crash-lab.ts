import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { type Site, startSite } from "../../site/site.ts";
import { type Api, createApi } from "../api.ts";
import { networksOf } from "../lab.ts";
import { type Quern, startQuern } from "../start-quern.ts";
import { withTempFolder } from "../temp-folder.ts";
import { checkDatabase } from "./check-database.ts";
import { finalJob } from "./check-job.ts";
import { copyDatabase } from "./copy-database.ts";

/** A server that something happens to, on a data folder that outlives it. */
export interface CrashLab {
  readonly site: Site;
  readonly folder: string;
  /** The newest one. */
  quern(): Quern;
  api(): Api;
  /** Starts another one on the same folder, when the last has ended. */
  restart(): Promise<void>;
  /** The id of an accepted job that reads a page of the site. */
  submit(path: string): Promise<string>;
  /** How the jobs ended, when they have. @throws AssertionError when anything is lost, doubled or charged wrongly */
  settle(ids: readonly string[]): Promise<string[]>;
}

export function withCrashLab(
  env: Readonly<Record<string, string>>,
  work: (lab: CrashLab) => Promise<void>,
): Promise<void> {
  return withTempFolder(async (folder) => {
    const site = await startSite();
    const dataDir = join(folder, "data");
    await mkdir(dataDir);
    const start = () =>
      startQuern({ dataDir, env: { QUERN_ALLOW_NETWORKS: networksOf(site), ...env } });
    let quern = await start();
    const lab: CrashLab = {
      site,
      folder,
      quern: () => quern,
      api: () => createApi(quern),
      restart: async () => {
        quern = await start();
      },
      submit: async (path) => expectAccepted(await askFor(lab, path)),
      settle: (ids) => settle(lab, ids),
    };
    try {
      await work(lab);
    } finally {
      await quern.kill();
      await site.stop();
    }
  });
}

/** POST of a job that reads a page of the site. */
export function askFor({ api, site }: Pick<CrashLab, "api" | "site">, path: string) {
  const body = { url: site.url + path, formats: ["markdown"], processing_mode: "async" };
  return api().extract(body);
}

export function expectAccepted({ status, text }: { status: number; text: string }): string {
  assert.equal(status, 202, text);
  return accepted.parse(JSON.parse(text)).job_id;
}

const accepted = z.looseObject({ job_id: z.uuid() });

async function settle(lab: CrashLab, ids: readonly string[]): Promise<string[]> {
  const jobs = await Promise.all(
    ids.map(async (id) => {
      const { text } = await lab.api().get(`/v1/extract/${id}?wait=${LONGEST_WAIT_S}`);
      return finalJob.parse(JSON.parse(text));
    }),
  );
  const copy = await copyDatabase(lab.quern().dataDir, lab.folder);
  assert.deepEqual(checkDatabase(copy), []);
  const tokens = jobs.reduce((sum, { tokens_charged }) => sum + tokens_charged, 0);
  const counted = statistics.parse((await lab.api().get("/v1/statistics")).json());
  assert.equal(counted.period_tokens_used, tokens, "charged");
  return jobs.map(({ status }) => status);
}

const LONGEST_WAIT_S = 60;

const statistics = z.looseObject({ period_tokens_used: z.int() });
