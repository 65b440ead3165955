import { Agent, request } from "undici";
import { z } from "zod";
import { mapLimit } from "../../src/concurrency/map-limit.ts";
import { readProcessTree } from "../support/process-tree.ts";
import type { Queue } from "./start-queue.ts";

export interface BurstOrder {
  readonly jobs: number;
  /** Each sends a job when its last one was accepted. */
  readonly clients: number;
  /** Null: jobs with nothing to do, which only the peers take. */
  readonly pageUrl: string | null;
  readonly signal: AbortSignal;
}

export interface SubmittedJob {
  readonly id: string;
  readonly ms: number;
}

/** Submits jobs one by one from so many clients. @throws Error when one is not accepted */
export async function submitBurst(queue: Queue, order: BurstOrder): Promise<SubmittedJob[]> {
  const agent = new Agent({ connections: order.clients });
  const body = JSON.stringify({
    ...(order.pageUrl === null ? {} : { url: order.pageUrl }),
    formats: ["markdown"],
    processing_mode: "async",
  });
  const jobs = Array.from({ length: order.jobs });
  try {
    return await mapLimit(jobs, { limit: order.clients, signal: order.signal }, () =>
      submitOne(queue, body, agent),
    );
  } finally {
    await agent.close();
  }
}

async function submitOne(queue: Queue, body: string, agent: Agent): Promise<SubmittedJob> {
  const begin = performance.now();
  const answer = await request(`${queue.url}/v1/extract`, {
    method: "POST",
    dispatcher: agent,
    headers: { "content-type": "application/json", ...queue.headers },
    body,
  });
  const text = await answer.body.text();
  const ms = performance.now() - begin;
  if (answer.statusCode !== 202) throw new Error(`${queue.name}: ${answer.statusCode} ${text}`);
  return { id: accepted.parse(JSON.parse(text)).job_id, ms };
}

const accepted = z.looseObject({ job_id: z.string() });

/** Of the server and of its database. */
export function readCpuMs({ pids }: Queue): number {
  return pids.reduce((sum, pid) => sum + readProcessTree(pid).cpuMs, 0);
}
