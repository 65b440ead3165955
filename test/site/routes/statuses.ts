import { htmlPage, numberOf, type Route, send, type Visit } from "../route.ts";

export const STATUSES: readonly Route[] = [
  {
    path: "/status/:code(\\d+)",
    what: "This status with a page; `empty=1`: without a body.",
    examples: [
      "/status/404",
      "/status/410",
      "/status/401",
      "/status/403",
      "/status/451",
      "/status/500",
      "/status/503?empty=1",
      "/status/204",
      "/status/407",
    ],
    answer: (visit) => {
      const status = Math.min(Math.max(Number(visit.params["code"]), 200), 599);
      const isEmpty = visit.url.searchParams.has("empty") || [204, 205, 304].includes(status);
      send(visit, isEmpty ? "" : htmlPage(`Status ${status}`), { status });
    },
  },
  {
    path: "/flaky",
    what: "`times` (default 1) answers with `status` (default 503) and, if given, `retry_after`; then an article. Counts per address: add `key`.",
    examples: [
      "/flaky?status=429&retry_after=1&key=a",
      "/flaky?status=503&times=2&key=a",
      "/flaky?status=403&key=a",
    ],
    answer: (visit) => {
      if (visit.earlierVisits >= numberOf(visit, "times", { otherwise: 1, max: 100 })) {
        return send(visit, htmlPage("Here after all"));
      }
      const status = numberOf(visit, "status", { otherwise: 503, max: 599 });
      send(visit, htmlPage("Later"), { status, headers: retryAfter(visit) });
    },
  },
  {
    path: "/flaky/reset",
    what: "`times` (default 1) connections are reset; then an article.",
    examples: ["/flaky/reset?key=a"],
    answer: (visit) => {
      if (visit.earlierVisits < numberOf(visit, "times", { otherwise: 1, max: 100 })) {
        visit.request.socket.resetAndDestroy();
      } else send(visit, htmlPage("Here after all"));
    },
  },
  {
    path: "/flaky/date",
    what: "429 with Retry-After as a date two seconds ahead; then an article.",
    examples: ["/flaky/date?key=a"],
    answer: (visit) => {
      if (visit.earlierVisits > 0) return send(visit, htmlPage("Here after all"));
      const date = new Date(Date.now() + 2000).toUTCString();
      send(visit, htmlPage("Later"), { status: 429, headers: { "retry-after": date } });
    },
  },
];

function retryAfter(visit: Visit): Record<string, string> {
  const value = visit.url.searchParams.get("retry_after");
  return value === null ? {} : { "retry-after": value };
}
