import { once } from "node:events";
import { htmlPage, PROSE, type Route, type Visit } from "../route.ts";

const PAGE = htmlPage("Broken on the way");
const OK = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n";

/** Answers that HTTP does not allow, so they are written past the server, straight into the socket. */
export const BROKEN_ANSWERS: readonly Route[] = [
  {
    path: "/broken/reset",
    what: "The connection is reset before anything is said.",
    answer: ({ request }) => void request.socket.resetAndDestroy(),
  },
  {
    path: "/broken/close",
    what: "The connection is closed before anything is said.",
    answer: ({ request }) => void request.socket.end(),
  },
  {
    path: "/broken/reset-in-headers",
    what: "The connection is reset after half a header.",
    answer: (visit) => writeThen(visit, OK.slice(0, 30), "reset"),
  },
  {
    path: "/broken/reset-in-body",
    what: "The connection is reset in the middle of a body of known length.",
    answer: (visit) =>
      writeThen(visit, `${OK}Content-Length: ${PAGE.length}\r\n\r\n${PAGE.slice(0, 200)}`, "reset"),
  },
  {
    path: "/broken/length-too-large",
    what: "Content-Length says more than comes.",
    answer: (visit) =>
      writeThen(visit, `${OK}Content-Length: ${PAGE.length + 1000}\r\n\r\n${PAGE}`, "close"),
  },
  {
    path: "/broken/length-too-small",
    what: "Content-Length says less than comes.",
    answer: (visit) =>
      writeThen(visit, `${OK}Content-Length: 100\r\nConnection: close\r\n\r\n${PAGE}`, "close"),
  },
  {
    path: "/broken/two-lengths",
    what: "Two Content-Length headers that disagree.",
    answer: (visit) =>
      writeThen(
        visit,
        `${OK}Content-Length: 10\r\nContent-Length: ${PAGE.length}\r\n\r\n${PAGE}`,
        "close",
      ),
  },
  {
    path: "/broken/length-and-chunks",
    what: "Content-Length and chunked at once.",
    answer: (visit) =>
      writeThen(
        visit,
        `${OK}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n${chunk(PAGE)}0\r\n\r\n`,
        "close",
      ),
  },
  {
    path: "/broken/chunks-cut",
    what: "A chunked body without its last chunk.",
    answer: (visit) =>
      writeThen(visit, `${OK}Transfer-Encoding: chunked\r\n\r\n${chunk(PAGE)}`, "close"),
  },
  {
    path: "/broken/chunk-size",
    what: "A chunk whose size is not a number.",
    answer: (visit) =>
      writeThen(visit, `${OK}Transfer-Encoding: chunked\r\n\r\nzz\r\n${PAGE}\r\n`, "close"),
  },
  {
    path: "/broken/no-http",
    what: "Something that is not HTTP.",
    answer: (visit) => writeThen(visit, "220 mail.example ESMTP ready\r\n", "close"),
  },
  {
    path: "/broken/endless-status-line",
    what: "A status line of 1 MiB.",
    answer: (visit) => writeThen(visit, `HTTP/1.1 200 ${"O".repeat(1024 * 1024)}`, "close"),
  },
  {
    path: "/broken/header-flood",
    what: "200 KiB of headers.",
    answer: (visit) => writeThen(visit, `${OK}${manyHeaders(200)}\r\n${PAGE}`, "close"),
  },
  {
    path: "/broken/one-huge-header",
    what: "One header of 200 KiB.",
    answer: (visit) =>
      writeThen(visit, `${OK}X-Huge: ${"x".repeat(200 * 1024)}\r\n\r\n${PAGE}`, "close"),
  },
  {
    path: "/broken/header-name",
    what: "A header whose name holds a space and one without a colon.",
    answer: (visit) =>
      writeThen(visit, `${OK}Bad Name: x\r\nno colon here\r\n\r\n${PAGE}`, "close"),
  },
  {
    path: "/broken/http-1-0",
    what: "Fine, but old: HTTP/1.0 without a length; the end of the connection ends the page.",
    answer: (visit) =>
      writeThen(
        visit,
        `HTTP/1.0 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${PAGE}`,
        "close",
      ),
  },
  {
    path: "/broken/early-hints",
    what: "Fine, but rare: 103 before the answer.",
    answer: (visit) =>
      writeThen(
        visit,
        `HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n${OK}Content-Length: ${Buffer.byteLength(PAGE)}\r\n\r\n${PAGE}`,
        "keep",
      ),
  },
  {
    path: "/broken/continue",
    what: "Allowed, but strange: 100 before the answer, although nobody asked whether to continue.",
    answer: (visit) =>
      writeThen(
        visit,
        `HTTP/1.1 100 Continue\r\n\r\n${OK}Content-Length: ${Buffer.byteLength(PAGE)}\r\n\r\n${PAGE}`,
        "keep",
      ),
  },
  {
    path: "/broken/endless-body",
    what: "A page that never ends, as fast as it is read; after 1 GiB the site gives up.",
    answer: async (visit) => {
      const block = PROSE.repeat(200);
      visit.response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
      for (let sent = 0; sent < 1024 ** 3; sent += block.length) {
        if (!visit.response.write(block))
          await once(visit.response, "drain", { signal: visit.gone });
      }
      visit.response.end();
    },
  },
];

function writeThen(visit: Visit, bytes: string, end: "close" | "reset" | "keep"): void {
  const { socket } = visit.request;
  socket.write(bytes, () => {
    if (end === "close") socket.end();
    // The bytes need a moment to arrive: a reset overtakes what is still under way.
    if (end === "reset") setTimeout(() => socket.resetAndDestroy(), 50).unref();
  });
}

function chunk(text: string): string {
  return `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
}

function manyHeaders(count: number): string {
  return Array.from(
    { length: count },
    (_, index) => `X-Flood-${index}: ${"x".repeat(1000)}\r\n`,
  ).join("");
}
