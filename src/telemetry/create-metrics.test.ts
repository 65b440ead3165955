import assert from "node:assert/strict";
import { test } from "node:test";
import { createMetrics } from "./create-metrics.ts";

const REQUEST = { route: "/v1/extract", method: "POST", status: 200, durationMs: 120, bytes: 10 };

async function linesOf(metrics: ReturnType<typeof createMetrics>): Promise<readonly string[]> {
  return (await metrics.print()).split("\n");
}

test("requests are counted, timed and weighed", async () => {
  const metrics = createMetrics({ version: "1.2.3" });
  metrics.requestEnded(REQUEST);
  metrics.requestEnded({ ...REQUEST, status: 422, durationMs: 3000 });
  const lines = await linesOf(metrics);
  const labels = 'route="/v1/extract",method="POST"';
  for (const line of [
    'quern_build_info{version="1.2.3"} 1',
    `quern_http_requests_total{${labels},status="2xx"} 1`,
    `quern_http_requests_total{${labels},status="4xx"} 1`,
    `quern_http_request_duration_seconds_bucket{le="0.1",${labels},status="2xx"} 0`,
    `quern_http_request_duration_seconds_bucket{le="0.25",${labels},status="2xx"} 1`,
    `quern_http_request_duration_seconds_sum{${labels},status="4xx"} 3`,
    "quern_http_response_bytes_total 20",
  ]) {
    assert.ok(lines.includes(line), line);
  }
});

test("strangers can't make series: odd methods are one", async () => {
  const metrics = createMetrics({ version: "1" });
  for (const method of ["PROPFIND", "LOCK", "M-SEARCH"])
    metrics.requestEnded({ ...REQUEST, method });
  const lines = await linesOf(metrics);
  assert.ok(
    lines.includes('quern_http_requests_total{route="/v1/extract",method="other",status="2xx"} 3'),
  );
});

test("pages are counted by outcome; only completed ones are weighed", async () => {
  const metrics = createMetrics({ version: "1" });
  metrics.pageEnded({ outcome: "completed", durationMs: 400, bytes: 20_000 });
  metrics.pageEnded({ outcome: "NETWORK_ERROR", durationMs: 10, bytes: 0 });
  metrics.pageEnded({ outcome: "TIMEOUT", durationMs: 30_000, bytes: 0 });
  const lines = await linesOf(metrics);
  for (const line of [
    'quern_pages_total{outcome="completed"} 1',
    'quern_pages_total{outcome="NETWORK_ERROR"} 1',
    'quern_page_duration_seconds_count{outcome="failed"} 2',
    "quern_page_bytes_count 1",
    "quern_page_bytes_sum 20000",
  ]) {
    assert.ok(lines.includes(line), line);
  }
});

test("places and parse threads are asked for when somebody looks", async () => {
  const metrics = createMetrics({ version: "1" });
  const places = { inUse: 1, waiting: 0, limit: 8 };
  let lost = 0;
  metrics.watchPlaces(() => places);
  metrics.watchParsePool(() => ({ threads: 2, waiting: 3, lost }));
  assert.ok((await linesOf(metrics)).includes("quern_places_in_use 1"));
  places.inUse = 5;
  lost = 4;
  const lines = await linesOf(metrics);
  for (const line of [
    "quern_places_in_use 5",
    "quern_places_waiting 0",
    "quern_places_limit 8",
    "quern_parse_threads 2",
    "quern_parse_waiting 3",
    "quern_parse_threads_lost_total 4",
  ]) {
    assert.ok(lines.includes(line), line);
  }
});

test("two servers in one process count for themselves", async () => {
  const [one, other] = [createMetrics({ version: "1" }), createMetrics({ version: "1" })];
  one.requestEnded(REQUEST);
  assert.ok(!(await other.print()).includes("quern_http_requests_total{"));
  assert.match(await one.print(), /process_cpu_seconds_total/);
  assert.match(one.contentType, /^text\/plain/);
});
