import type { QuernClient } from "../../../client/create-client.ts";
import { type Deadline, startDeadline } from "../../../concurrency/deadline.ts";
import type { ExtractJob } from "../../../contract/job-response.ts";
import { createProgress } from "../progress.ts";
import { type Output, writeLine } from "../terminal.ts";
import { readJobFormat, writeJob } from "./job-output.ts";
import type { JobsAction, JobsCall } from "./jobs-action.ts";
import { readJobId } from "./read-job-id.ts";

export const waitForJob: JobsAction = {
  name: "wait",
  usage: "jobs wait ID [--format F] [--timeout MS]",
  flags: ["format", "timeout"],
  prepare({ flags, positionals }) {
    const jobId = readJobId("wait", positionals);
    const format = readJobFormat(flags);
    const timeoutMs = flags.wholeNumber("timeout", { min: 1, max: MAX_TIMEOUT_MS });
    return async (call) => {
      const job = await waitWithin(timeoutMs ?? MAX_TIMEOUT_MS, { ...call, jobId });
      return job === null ? 1 : writeJob(job, { format, terminal: call.terminal });
    };
  },
};

/** What a timer can hold: 24 days. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

interface Wait extends JobsCall {
  readonly jobId: string;
}

/** The ended job; null when the time is over first. */
async function waitWithin(timeoutMs: number, wait: Wait): Promise<ExtractJob | null> {
  const { terminal, signal, jobId } = wait;
  const deadline = startDeadline({ timeoutMs, signal });
  try {
    return await watchToEnd(wait, deadline);
  } catch (error) {
    if (!deadline.signal.aborted) throw error;
    await writeLine(terminal.stderr, describeHowToGoOn(jobId));
    if (deadline.isOver) return null;
    throw error;
  } finally {
    deadline.stop();
  }
}

/** Whoever stops waiting has not stopped the job. */
function describeHowToGoOn(jobId: string): string {
  return [
    `Job ${jobId} has not ended, and goes on without being waited for.`,
    `To wait again: quern jobs wait ${jobId}`,
    `To end it: quern jobs cancel ${jobId}`,
  ].join("\n");
}

async function watchToEnd(
  { client, terminal, jobId }: Wait,
  { signal }: Deadline,
): Promise<ExtractJob> {
  const line = startProgressLine(terminal.stderr);
  try {
    return await lastState(client, { jobId, signal, onState: line.show });
  } finally {
    line.stop();
  }
}

interface Watching {
  readonly jobId: string;
  readonly signal: AbortSignal;
  readonly onState: (job: ExtractJob) => void;
}

async function lastState(
  client: QuernClient,
  { jobId, signal, onState }: Watching,
): Promise<ExtractJob> {
  let last: ExtractJob | null = null;
  for await (const { job } of client.watch(jobId, { signal })) {
    last = job;
    onState(job);
  }
  // A server that tells nothing of a job although it has ended.
  return last ?? client.get(jobId, { signal });
}

/** Status and time, every second anew. */
function startProgressLine(output: Output) {
  const progress = createProgress(output);
  const begin = performance.now();
  let status = "asking";
  const draw = () => {
    const seconds = Math.floor((performance.now() - begin) / 1000);
    progress.show(`${status}, ${seconds} s`);
  };
  draw();
  const timer = setInterval(draw, 1000);
  return {
    show: (job: ExtractJob) => {
      status = job.status;
      draw();
    },
    stop: () => {
      clearInterval(timer);
      progress.clear();
    },
  };
}
