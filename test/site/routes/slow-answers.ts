import { htmlPage, numberOf, pause, type Route, send } from "../route.ts";

const PART_TYPE = { "content-type": "text/html; charset=utf-8" };
const LONGEST_MS = 120_000;

export const SLOW_ANSWERS: readonly Route[] = [
  {
    path: "/slow/headers",
    what: "Answers after `ms` (default 2000).",
    examples: ["/slow/headers?ms=2000"],
    answer: async (visit) => {
      await pause(visit, numberOf(visit, "ms", { otherwise: 2000, max: LONGEST_MS }));
      send(visit, htmlPage("Better late than never"));
    },
  },
  {
    path: "/slow/held",
    what: "Answers when the test that asked for it says so.",
    answer: async (visit) => {
      await visit.released();
      if (!visit.gone.aborted) send(visit, htmlPage("Let go at last"));
    },
  },
  {
    path: "/slow/body",
    what: "Headers at once, the page in `parts` (default 5) with `ms` (default 200) before each.",
    examples: ["/slow/body?parts=5&ms=200"],
    answer: async (visit) => {
      const parts = Math.max(numberOf(visit, "parts", { otherwise: 5, max: 1000 }), 1);
      const ms = numberOf(visit, "ms", { otherwise: 200, max: LONGEST_MS });
      const page = htmlPage("In small pieces");
      const size = Math.ceil(page.length / parts);
      visit.response.writeHead(200, PART_TYPE).flushHeaders();
      for (let at = 0; at < page.length; at += size) {
        await pause(visit, ms);
        visit.response.write(page.slice(at, at + size));
      }
      visit.response.end();
    },
  },
  {
    path: "/slow/drip",
    what: "Headers at once, then a byte every 100 ms for two minutes: never silent, never done.",
    answer: async (visit) => {
      visit.response.writeHead(200, PART_TYPE).write("<p>");
      for (let ms = 0; ms < LONGEST_MS; ms += 100) {
        await pause(visit, 100);
        visit.response.write("x");
      }
      visit.response.end();
    },
  },
  {
    path: "/slow/hang",
    what: "Takes the request and says nothing for two minutes.",
    answer: async (visit) => {
      await pause(visit, LONGEST_MS);
      send(visit, htmlPage("Too late"));
    },
  },
  {
    path: "/slow/hang-in-body",
    what: "Headers and half a page, then nothing for two minutes.",
    answer: async (visit) => {
      visit.response.writeHead(200, PART_TYPE).write(htmlPage("Half a page").slice(0, 300));
      await pause(visit, LONGEST_MS);
      visit.response.end();
    },
  },
];
