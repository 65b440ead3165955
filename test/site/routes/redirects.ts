import { htmlPage, numberOf, type Route, send, type Visit } from "../route.ts";

/** Where a redirect must not lead, and why. */
const FORBIDDEN_TARGETS: Readonly<Record<string, { location: string; why: string }>> = {
  private: { location: "http://10.0.0.1/", why: "an address of a private network" },
  loopback: { location: "http://127.0.0.1:9/", why: "loopback, on a port that nobody allowed" },
  "ipv6-loopback": { location: "http://[::1]/", why: "loopback in IPv6" },
  mapped: { location: "http://[::ffff:10.0.0.1]/", why: "a private address mapped into IPv6" },
  decimal: { location: "http://167772161/", why: "10.0.0.1 as one number" },
  octal: { location: "http://012.0.0.1/", why: "10.0.0.1 in octal" },
  metadata: { location: "http://169.254.169.254/latest/meta-data/", why: "a cloud's own data" },
  localhost: { location: "http://localhost/", why: "loopback by name" },
  credentials: { location: "http://user:secret@127.0.0.1/", why: "credentials in the URL" },
  file: { location: "file:///etc/passwd", why: "a file of the machine" },
  javascript: { location: "javascript:alert(1)", why: "a script" },
  data: { location: "data:text/html,<p>hello", why: "not a place at all" },
  ftp: { location: "ftp://127.0.0.1/", why: "another protocol" },
  nowhere: { location: "http://", why: "not a URL" },
};

export const REDIRECTS: readonly Route[] = [
  {
    path: "/redirect",
    what: "Redirects to `to` (default /article) with `status` (default 302).",
    examples: ["/redirect", "/redirect?status=307&to=/docs", "/redirect?to=article#part"],
    answer: (visit) => redirect(visit, visit.url.searchParams.get("to") ?? "/article"),
  },
  {
    path: "/redirect/chain/:count",
    what: "So many redirects in a row, then an article.",
    examples: ["/redirect/chain/3", "/redirect/chain/10", "/redirect/chain/11"],
    answer: (visit) => {
      const left = Number(visit.params["count"]) - 1;
      redirect(visit, left > 0 ? `/redirect/chain/${left}` : "/article");
    },
  },
  {
    path: "/redirect/loop",
    what: "Redirects to itself.",
    answer: (visit) => redirect(visit, "/redirect/loop"),
  },
  {
    path: "/redirect/growing",
    what: "Endless redirects, each to a longer address.",
    answer: (visit) =>
      redirect(visit, `/redirect/growing${visit.url.search || "?"}${"x".repeat(500)}`),
  },
  {
    path: "/redirect/other",
    what: "Redirects to `to` (default /echo) on the other origin.",
    answer: (visit) =>
      redirect(visit, visit.origins.other + (visit.url.searchParams.get("to") ?? "/echo")),
  },
  {
    path: "/redirect/there-and-back",
    what: "Redirects to the other origin and from there back to /echo.",
    answer: (visit) => {
      const back = encodeURIComponent(`${visit.origins.own}/echo`);
      redirect(visit, `${visit.origins.other}/redirect?to=${back}`);
    },
  },
  {
    path: "/redirect/to/:target",
    what: "Redirects to where nobody should go.",
    examples: Object.keys(FORBIDDEN_TARGETS).map((name) => `/redirect/to/${name}`),
    answer: (visit) => {
      const target = FORBIDDEN_TARGETS[visit.params["target"] ?? ""];
      if (target) redirect(visit, target.location);
      else send(visit, htmlPage("No such target"), { status: 404 });
    },
  },
  {
    path: "/redirect/without-location",
    what: "302 that does not say where to.",
    answer: (visit) => send(visit, htmlPage("Moved"), { status: 302 }),
  },
  {
    path: "/redirect/raw-utf8",
    what: "Location with raw UTF-8 bytes and a space; leads to /echo/straße 1.",
    answer: (visit) => redirect(visit, Buffer.from("/echo/straße 1").toString("latin1")),
  },
  {
    path: "/redirect/big-body",
    what: "302 to /article with a body of 30 MiB that nobody needs.",
    answer: (visit) =>
      send(visit, Buffer.alloc(30 * 1024 * 1024, "x"), {
        status: 302,
        headers: { location: "/article" },
      }),
  },
  {
    path: "/refresh",
    what: "Meta refresh after `seconds` (default 0) to `to` (default /article).",
    examples: ["/refresh", "/refresh?seconds=10", "/refresh?seconds=11", "/refresh?to=/echo"],
    answer: (visit) =>
      send(visit, refreshPage(visit, visit.url.searchParams.get("to") ?? "/article")),
  },
  {
    path: "/refresh/to/:target",
    what: "Meta refresh to where nobody should go.",
    examples: Object.keys(FORBIDDEN_TARGETS).map((name) => `/refresh/to/${name}`),
    answer: (visit) =>
      send(
        visit,
        refreshPage(visit, FORBIDDEN_TARGETS[visit.params["target"] ?? ""]?.location ?? ""),
      ),
  },
  {
    path: "/refresh/loop",
    what: "Meta refresh to itself.",
    answer: (visit) => send(visit, refreshPage(visit, "/refresh/loop")),
  },
  {
    path: "/refresh/reload",
    what: "An article that reloads itself every 5 seconds: meta refresh without an address.",
    answer: (visit) =>
      send(
        visit,
        htmlPage("Live scores").replace(
          "<title>",
          '<meta http-equiv="refresh" content="5"><title>',
        ),
      ),
  },
  {
    path: "/cookie/needed",
    what: "Sets a cookie and redirects to itself until the cookie comes along; then an article.",
    answer: (visit) => {
      if (visit.request.headers.cookie?.includes("seen=yes"))
        return send(visit, htmlPage("Welcome back"));
      redirect(visit, "/cookie/needed", { "set-cookie": "seen=yes; Path=/; HttpOnly" });
    },
  },
  {
    path: "/cookie/other",
    what: "Sets cookies and redirects to /echo on the other origin. (Cookies know no ports: they go along.)",
    answer: (visit) =>
      redirect(visit, `${visit.origins.other}/echo`, {
        "set-cookie": [
          "mine=1; Path=/",
          "theirs=1; Path=/; Domain=example.com",
          "deep=1; Path=/deep",
        ],
      }),
  },
];

function redirect(
  visit: Visit,
  location: string,
  headers: Readonly<Record<string, string | string[]>> = {},
): void {
  const status = numberOf(visit, "status", { otherwise: 302, max: 399 });
  send(visit, htmlPage("Moved", `<p>Moved.</p>`), { status, headers: { ...headers, location } });
}

function refreshPage(visit: Visit, target: string): string {
  const seconds = numberOf(visit, "seconds", { otherwise: 0, max: 3600 });
  return `<!doctype html><html><head><title>Moved</title>
<meta http-equiv="refresh" content="${seconds}; url=${target}"></head><body><p>One moment.</p></body></html>`;
}
