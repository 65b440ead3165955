import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { type TestContext, test } from "node:test";
import {
  type Answer,
  beginEvents,
  eventOf,
  JOB_ID,
  type JobsServer,
  jobIn,
  refuse,
  replyJson,
  startJobsServer,
} from "../../../../test/support/jobs-server.ts";
import { waitUntil } from "../../../../test/support/wait-until.ts";
import { runCli } from "../run-cli.ts";
import type { Terminal } from "../terminal.ts";

const KEY = "terminal-key-0123456789";

interface JobsRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether stderr is a terminal. */
  readonly isTTY?: boolean;
  /** Resolves when somebody presses Ctrl-C. */
  readonly interrupted?: Promise<unknown>;
}

/** `quern jobs` in this process. */
async function runJobs(args: readonly string[], options: RunOptions = {}): Promise<JobsRun> {
  const stdout = new PassThrough();
  const stderr = Object.assign(new PassThrough(), { isTTY: options.isTTY ?? false });
  const terminal: Terminal = {
    stdin: new PassThrough(),
    stdout,
    stderr,
    onStopSignal: (listener) => void options.interrupted?.then(() => listener("SIGINT")),
    onReaderGone: () => undefined,
    endNow: (code) => {
      throw new Error(`Ended with ${code}, since it did not end by itself`);
    },
  };
  const outputs = Promise.all([text(stdout), text(stderr)]);
  const code = await runCli({
    args: ["jobs", ...args],
    environment: options.environment ?? {},
    machine: { cores: 2, memoryBytes: 2 ** 30 },
    version: "1.2.3",
    terminal,
  });
  stdout.end();
  stderr.end();
  const [out, err] = await outputs;
  return { code, stdout: out, stderr: err };
}

async function startLab(context: TestContext, answer: Answer) {
  const server = await startJobsServer(answer);
  context.after(() => server.stop());
  const environment = { QUERN_SERVER: server.url, QUERN_API_KEY: KEY };
  const jobs = (args: readonly string[], options: RunOptions = {}) =>
    runJobs(args, { environment, ...options });
  return { server, jobs };
}

function answerWith(body: unknown, status = 200): Answer {
  return (_request, response) => replyJson(response, body, { status });
}

function pathsOf({ requests }: JobsServer): string[] {
  return requests.map(({ method, path }) => `${method} ${path}`);
}

const PATH = `/v1/extract/${JOB_ID}`;

test("without a server or a key, flags and settings for both are named", async () => {
  const nothing = await runJobs(["list"]);
  assert.deepEqual([nothing.code, nothing.stdout], [2, ""]);
  for (const name of ["--server", "QUERN_SERVER", "--key", "QUERN_API_KEY"]) {
    assert.ok(nothing.stderr.includes(name), nothing.stderr);
  }
  const keyless = await runJobs(["list", "--server", "http://127.0.0.1:9"]);
  assert.equal(keyless.code, 2);
  assert.doesNotMatch(keyless.stderr, /QUERN_SERVER/);
});

test("flags win over settings, and the key is never shown", async (t) => {
  const refused = refuse("UNAUTHORIZED", { status: 401 });
  const { server } = await startLab(t, (_request, response) => refused(response));
  const environment = { QUERN_SERVER: "http://127.0.0.1:9", QUERN_API_KEY: "another-key-0123456" };
  const run = await runJobs(["list", "--server", server.url, "--key", KEY], { environment });
  assert.deepEqual([run.code, run.stdout], [1, ""]);
  assert.equal(run.stderr, "UNAUTHORIZED: This is UNAUTHORIZED.\n");
  assert.equal(server.requests[0]?.headers["x-api-key"], KEY);
  const bad = await runJobs(["list", "--server", server.url, "--key", "s\u00e9cret"]);
  assert.equal(bad.code, 2);
  assert.doesNotMatch(bad.stderr, /cret/);
});

const BAD_USAGE: readonly (readonly [args: string[], message: RegExp])[] = [
  [[], /jobs needs one of submit, list, show, wait, cancel/],
  [["remove", JOB_ID], /not "remove"/],
  [["submit"], /needs a URL/],
  [["submit", "https://example.com/", "--format", "json"], /--format is "json"/],
  [["list", "more"], /takes no argument "more"/],
  [["list", "--purge"], /jobs list takes no --purge/],
  [["list", "--status", "done"], /--status is "done": Must be one of queued, processing/],
  [["list", "--output", "pdf"], /--output is "pdf"/],
  [["list", "--page", "0"], /--page is "0": Must be a whole number from 1/],
  [["list", "--page-size", "101"], /Must be a whole number from 1 to 100/],
  [["list", "--from", "yesterday"], /--from is "yesterday": Must be/],
  [["list", "--to", "2026-13-01"], /--to is "2026-13-01"/],
  [["show"], /needs the id of a job/],
  [["show", "jobs"], /"jobs" is not the id of a job/],
  [["show", JOB_ID, JOB_ID], /takes one job/],
  [["show", JOB_ID, "--format", "text", "--json"], /exclude one another/],
  [["wait", JOB_ID, "--timeout", "soon"], /--timeout is "soon"/],
  [["cancel", JOB_ID, "--format", "text"], /takes no --format/],
  [["list", "--server", "localhost:3400"], /"localhost:3400" is not the http or https address/],
];

test("bad usage is exit 2, says what is meant, and asks the server for nothing", async (t) => {
  const { server, jobs } = await startLab(t, answerWith({}));
  for (const [args, message] of BAD_USAGE) {
    const run = await jobs(args);
    assert.deepEqual([run.code, run.stdout], [2, ""], args.join(" "));
    assert.match(run.stderr, message);
    assert.match(run.stderr, /See: quern help jobs\n$/);
  }
  assert.equal(server.requests.length, 0);
});

test("list is a table, its filters go over the wire in UTC", async (t) => {
  const job = {
    job_id: JOB_ID,
    status: "completed",
    url: "https://example.com/\u001b[2J",
    created_at: "2026-01-30T12:00:00.000Z",
    execution_time: 1234,
    output: ["markdown", "html"],
  };
  const open = { ...job, status: "queued", execution_time: null, output: [] };
  const list = { jobs: [job, open], page: 1, page_size: 2, page_count: 3, is_capped: false };
  const { server, jobs } = await startLab(t, answerWith(list));
  const run = await jobs(["list"]);
  assert.equal(run.code, 0, run.stderr);
  const [head, first, second] = run.stdout.split("\n").map((line) => line.split(/ {2,}/));
  assert.deepEqual(head, ["ID", "STATUS", "CREATED", "MS", "OUTPUT", "URL"]);
  assert.deepEqual(first?.slice(3), ["1234", "markdown,html", "https://example.com/?[2J"]);
  assert.deepEqual(second?.slice(3, 5), ["-", "-"]);
  assert.equal(run.stderr, "Page 1 of 3; --page shows another\n");
  const days = ["--from", "2026-01-30", "--to", "2026-01-31"];
  const all = ["--status", "failed", "--url", "a&b", "--output", "text", "--page", "2"];
  const json = await jobs(["list", ...all, ...days, "--page-size", "2", "--json"]);
  assert.deepEqual(JSON.parse(json.stdout), list);
  const { searchParams } = new URL(server.requests[1]?.path ?? "", server.url);
  assert.deepEqual(Object.fromEntries(searchParams), {
    status: "failed",
    url: "a&b",
    output: "text",
    start_date: "2026-01-30T00:00:00.000Z",
    end_date: "2026-01-31T23:59:59.999Z",
    page: "2",
    page_size: "2",
  });
});

test("times may have a zone, and without one are UTC", async (t) => {
  const list = { jobs: [], page: 1, page_size: 100, page_count: 0, is_capped: false };
  const { server, jobs } = await startLab(t, answerWith(list));
  await jobs(["list", "--from", "2026-01-30T12:00+02:00", "--to", "2026-01-30 12:00:30"]);
  const { searchParams } = new URL(server.requests[0]?.path ?? "", server.url);
  assert.deepEqual(
    [searchParams.get("start_date"), searchParams.get("end_date")],
    ["2026-01-30T10:00:00.000Z", "2026-01-30T12:00:30.000Z"],
  );
});

test("show writes what the job has, or what is asked for", async (t) => {
  const completed = jobIn("completed");
  const data = { markdown: null, html: "<p>Mill</p>", links: ["https://example.com/a"] };
  const { jobs } = await startLab(t, answerWith({ ...completed, data: { ...data, text: "Mill" } }));
  assert.deepEqual(await jobs(["show", JOB_ID]), {
    code: 0,
    stdout: "Mill\n\nhttps://example.com/a\n",
    stderr: "",
  });
  const html = await jobs(["show", JOB_ID, "--format", "html"]);
  assert.match(html.stdout, /^<p>Mill<\/p>\n/);
  const absent = await jobs(["show", JOB_ID, "--format", "markdown"]);
  assert.deepEqual([absent.code, absent.stdout], [1, ""]);
  assert.equal(absent.stderr, `Job ${JOB_ID} has text, html, no markdown.\n`);
  const json = await jobs(["show", JOB_ID, "--json"]);
  assert.equal(JSON.parse(json.stdout).job_id, JOB_ID);
});

test("a job that failed is exit 1 with its code and message, JSON on stdout all the same", async (t) => {
  const { jobs } = await startLab(t, answerWith(jobIn("failed")));
  const message = "UNPROCESSABLE_CONTENT: There is nothing here that can be read. (http_404)\n";
  assert.deepEqual(await jobs(["show", JOB_ID]), { code: 1, stdout: "", stderr: message });
  const json = await jobs(["show", JOB_ID, "--format", "json"]);
  assert.deepEqual([json.code, json.stderr], [1, message]);
  assert.deepEqual(JSON.parse(json.stdout), jobIn("failed"));
});

test("a job that has no content yet, or never will, says so", async (t) => {
  const { jobs } = await startLab(t, answerWith(jobIn("processing")));
  const open = await jobs(["show", JOB_ID]);
  assert.deepEqual([open.code, open.stdout], [1, ""]);
  assert.match(
    open.stderr,
    new RegExp(`is processing\\. To wait for it: quern jobs wait ${JOB_ID}`),
  );
  assert.equal((await jobs(["show", JOB_ID, "--json"])).code, 0);
  const { jobs: others } = await startLab(t, answerWith({ ...jobIn("completed"), data: null }));
  const sync = await others(["show", JOB_ID]);
  assert.equal(sync.code, 1);
  assert.match(sync.stderr, /was synchronous/);
});

const answerEvents: Answer = (_request, response) => {
  beginEvents(response);
  response.write(eventOf(1, jobIn("queued")) + eventOf(2, jobIn("processing")));
  setTimeout(() => response.end(eventOf(3, jobIn("completed"))), 50);
};

test("wait prints the result, without a progress line where there is no terminal", async (t) => {
  const { server, jobs } = await startLab(t, answerEvents);
  const run = await jobs(["wait", JOB_ID]);
  assert.deepEqual(run, { code: 0, stdout: "# Mills\n", stderr: "" });
  assert.deepEqual(pathsOf(server), [`GET ${PATH}/events`]);
});

test("wait draws status and time on a terminal, and takes the line away", async (t) => {
  const { jobs } = await startLab(t, answerEvents);
  const { stdout, stderr } = await jobs(["wait", JOB_ID], { isTTY: true });
  assert.equal(stdout, "# Mills\n");
  const lines = stderr.split("\r\u001b[K");
  assert.deepEqual(
    lines.filter((line, index) => line !== lines[index - 1]),
    ["", "asking, 0 s", "queued, 0 s", "processing, 0 s", "completed, 0 s", ""],
  );
});

const answerOpen: Answer = (_request, response) => {
  beginEvents(response);
  response.write(eventOf(1, jobIn("processing")));
};

test("wait gives up after --timeout, and says that the job goes on", async (t) => {
  const { server, jobs } = await startLab(t, answerOpen);
  const run = await jobs(["wait", JOB_ID, "--timeout", "300"]);
  assert.deepEqual([run.code, run.stdout], [1, ""]);
  assert.match(run.stderr, new RegExp(`To wait again: quern jobs wait ${JOB_ID}`));
  assert.deepEqual(pathsOf(server), [`GET ${PATH}/events`], "nothing was cancelled");
});

test("Ctrl-C ends the wait alone, and says how to go on", async (t) => {
  const { server, jobs } = await startLab(t, answerOpen);
  const interrupted = waitUntil(() => server.requests.length > 0, 5000);
  const run = await jobs(["wait", JOB_ID], { interrupted });
  assert.deepEqual([run.code, run.stdout], [130, ""]);
  assert.match(run.stderr, new RegExp(`To end it: quern jobs cancel ${JOB_ID}`));
  assert.deepEqual(pathsOf(server), [`GET ${PATH}/events`]);
});

test("cancel and --purge say what has become of the job", async (t) => {
  const reply = { job_id: JOB_ID, status: "cancelled", status_url: PATH };
  const { server, jobs } = await startLab(t, answerWith(reply, 202));
  assert.deepEqual(await jobs(["cancel", JOB_ID]), {
    code: 0,
    stdout: "",
    stderr: `Job ${JOB_ID} is cancelled\n`,
  });
  const purged = await jobs(["cancel", JOB_ID, "--purge", "--json"]);
  assert.deepEqual(JSON.parse(purged.stdout), reply);
  assert.deepEqual(pathsOf(server), [`DELETE ${PATH}`, `DELETE ${PATH}?purge=true`]);
});

test("submit sends each page and prints the ids in their order", async (t) => {
  const accepted = { job_id: JOB_ID, status: "queued", status_url: PATH, estimated_tokens: 1 };
  const { server, jobs } = await startLab(t, answerWith(accepted, 202));
  const flags = ["--format", "text", "--links", "--header", "X-A: b", "--timeout", "5000"];
  const run = await jobs(["submit", "https://a.example/", "https://b.example/", ...flags]);
  assert.deepEqual(run, { code: 0, stdout: `${JOB_ID}\n${JOB_ID}\n`, stderr: "" });
  const [first, second] = server.requests.map(({ body }) => JSON.parse(body));
  assert.deepEqual(first, {
    url: "https://a.example/",
    formats: ["text"],
    extract_links: true,
    headers: { "X-A": "b" },
    timeout: 5000,
    render_js: null,
    wait_config: null,
    processing_mode: "async",
  });
  assert.equal(second.url, "https://b.example/");
});

test("a refused page does not keep the others back; a refusal of everything ends it", async (t) => {
  const accepted = { job_id: JOB_ID, status: "queued", status_url: PATH, estimated_tokens: 1 };
  const { server, jobs } = await startLab(t, answerWith(accepted, 202));
  const urls = ["https://a.example/", "https://b.example/"];
  server.faults.push(refuse("VALIDATION_ERROR", { status: 422 }));
  assert.deepEqual(await jobs(["submit", ...urls]), {
    code: 1,
    stdout: `${JOB_ID}\n`,
    stderr: "https://a.example/: VALIDATION_ERROR: This is VALIDATION_ERROR.\n",
  });
  server.faults.push(refuse("PAYMENT_REQUIRED", { status: 402 }));
  const broke = await jobs(["submit", ...urls]);
  assert.deepEqual([broke.code, broke.stdout], [1, ""]);
  assert.equal(server.requests.length, 3);
});

test("a server's own failure is told with its request id, and control characters are not", async (t) => {
  const { server, jobs } = await startLab(t, answerWith("hello"));
  server.faults.push(refuse("INTERNAL_ERROR", { status: 500 }));
  const run = await jobs(["show", JOB_ID]);
  assert.equal(run.stderr, "INTERNAL_ERROR: This is INTERNAL_ERROR. (request request-1)\n");
  server.faults.push(refuse("\u001b[2JHA", { status: 400 }));
  assert.ok(!(await jobs(["show", JOB_ID])).stderr.includes("\u001b"));
  const wrong = await jobs(["show", JOB_ID]);
  assert.match(wrong.stderr, /is not a Quern server/);
});
