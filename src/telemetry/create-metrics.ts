import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** One answered (or abandoned) request. */
export interface RequestMeasure {
  /** The route's pattern, never the path itself: labels are bounded. */
  readonly route: string;
  readonly method: string;
  readonly status: number;
  readonly durationMs: number;
  /** Of the answer's body. */
  readonly bytes: number;
}

/** One page, read or failed. */
export interface PageMeasure {
  /** `completed`, or the code of the job error. */
  readonly outcome: string;
  readonly durationMs: number;
  /** Of the page after decompression; 0 where none came. */
  readonly bytes: number;
}

export interface PlacesNow {
  readonly inUse: number;
  readonly waiting: number;
  readonly limit: number;
}

export interface ParsePoolNow {
  readonly threads: number;
  /** Pages that wait for a thread. */
  readonly waiting: number;
  /** Threads ended since the start, since a page took their time or memory. */
  readonly lost: number;
}

export interface JobsNow {
  readonly running: number;
}

export interface Metrics {
  readonly requestEnded: (measure: RequestMeasure) => void;
  readonly pageEnded: (measure: PageMeasure) => void;
  /** The state is asked for when somebody reads the metrics. */
  readonly watchPlaces: (read: () => PlacesNow) => void;
  readonly watchParsePool: (read: () => ParsePoolNow) => void;
  readonly watchJobs: (read: () => JobsNow) => void;
  /** A job came to this state. */
  readonly jobChanged: (status: string) => void;
  readonly contentType: string;
  /** Prometheus text. */
  readonly print: () => Promise<string>;
}

/** On a registry of its own, so that two servers in one process don't mix. */
export function createMetrics({ version }: { readonly version: string }): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  announceBuild(registry, version);
  return {
    requestEnded: measureRequests(registry),
    pageEnded: measurePages(registry),
    watchPlaces: (read) => watchPlaces(registry, read),
    watchParsePool: (read) => watchParsePool(registry, read),
    watchJobs: (read) => watchJobs(registry, read),
    jobChanged: countJobs(registry),
    contentType: registry.contentType,
    print: () => registry.metrics(),
  };
}

/** Seconds: from an answer out of memory to the longest `timeout` that a request may name. */
const DURATION_BUCKETS = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];
/** Bytes: from a short text to `QUERN_MAX_PAGE_BYTES`. */
const PAGE_SIZE_BUCKETS = [1e3, 1e4, 5e4, 1e5, 2.5e5, 5e5, 1e6, 2.5e6, 5e6, 1e7, 2e7];

function announceBuild(registry: Registry, version: string): void {
  const build = new Gauge({
    name: "quern_build_info",
    help: "Always 1; the version is in the label.",
    labelNames: ["version"],
    registers: [registry],
  });
  build.set({ version }, 1);
}

/** Of the API, and what browsers send. The parser knows 30 more, which a stranger could make series of. */
const METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "PATCH", "DELETE", "OPTIONS"]);

function measureRequests(registry: Registry): Metrics["requestEnded"] {
  const labelNames = ["route", "method", "status"] as const;
  const registers = [registry];
  const requests = new Counter({
    name: "quern_http_requests_total",
    help: "Requests by route and class of status; 4xx holds those whose client hung up.",
    labelNames,
    registers,
  });
  const durations = new Histogram({
    name: "quern_http_request_duration_seconds",
    help: "From the request's headers to the end of the answer.",
    labelNames,
    buckets: DURATION_BUCKETS,
    registers,
  });
  const sent = new Counter({
    name: "quern_http_response_bytes_total",
    help: "Bytes of the bodies of answers.",
    registers,
  });
  return ({ route, method, status, durationMs, bytes }) => {
    const labels = {
      route,
      method: METHODS.has(method) ? method : "other",
      status: `${Math.floor(status / 100)}xx`,
    };
    requests.inc(labels);
    durations.observe(labels, durationMs / 1000);
    sent.inc(bytes);
  };
}

function measurePages(registry: Registry): Metrics["pageEnded"] {
  const registers = [registry];
  const pages = new Counter({
    name: "quern_pages_total",
    help: "Pages by outcome: completed, or the code of the error.",
    labelNames: ["outcome"],
    registers,
  });
  const durations = new Histogram({
    name: "quern_page_duration_seconds",
    help: "From the place to the result of a page, all tries together.",
    labelNames: ["outcome"],
    buckets: DURATION_BUCKETS,
    registers,
  });
  const sizes = new Histogram({
    name: "quern_page_bytes",
    help: "Bytes of completed pages after decompression.",
    buckets: PAGE_SIZE_BUCKETS,
    registers,
  });
  return ({ outcome, durationMs, bytes }) => {
    pages.inc({ outcome });
    // A histogram for each code would be many series; whether it worked is what durations differ by.
    const isCompleted = outcome === "completed";
    durations.observe({ outcome: isCompleted ? outcome : "failed" }, durationMs / 1000);
    if (isCompleted) sizes.observe(bytes);
  };
}

function watchPlaces(registry: Registry, read: () => PlacesNow): void {
  watch(registry, [
    {
      name: "quern_places_in_use",
      help: "Pages that are worked on now.",
      read: () => read().inUse,
    },
    {
      name: "quern_places_waiting",
      help: "Requests that wait for a place.",
      read: () => read().waiting,
    },
    {
      name: "quern_places_limit",
      help: "Pages that may be worked on at once (QUERN_CONCURRENCY).",
      read: () => read().limit,
    },
  ]);
}

function watchParsePool(registry: Registry, read: () => ParsePoolNow): void {
  watch(registry, [
    {
      name: "quern_parse_threads",
      help: "Threads that read pages.",
      read: () => read().threads,
    },
    {
      name: "quern_parse_waiting",
      help: "Pages that wait for a thread.",
      read: () => read().waiting,
    },
  ]);
  new Counter({
    name: "quern_parse_threads_lost_total",
    help: "Threads ended, since a page took too much time or memory.",
    registers: [registry],
    collect() {
      // The pool counts; here its number is only told.
      this.reset();
      this.inc(read().lost);
    },
  });
}

function watchJobs(registry: Registry, read: () => JobsNow): void {
  watch(registry, [
    {
      name: "quern_jobs_running",
      help: "Jobs that this process works on now.",
      read: () => read().running,
    },
  ]);
}

function countJobs(registry: Registry): Metrics["jobChanged"] {
  const changes = new Counter({
    name: "quern_jobs_total",
    help: "Jobs that came to a state in this process; queued less the final ones is the backlog.",
    labelNames: ["status"],
    registers: [registry],
  });
  return (status) => changes.inc({ status });
}

interface Watched {
  readonly name: string;
  readonly help: string;
  readonly read: () => number;
}

function watch(registry: Registry, gauges: readonly Watched[]): void {
  for (const { name, help, read } of gauges) {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  }
}
