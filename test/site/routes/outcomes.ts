import { readdirSync, readFileSync } from "node:fs";
import { htmlPage, type Route, send } from "../route.ts";

const FOLDER = new URL("../../pages-verdict/", import.meta.url);

/** The labelled pages that the verdict is tested with, answered as their labels say. */
export const OUTCOMES: readonly Route[] = [
  {
    path: "/outcome/:slug",
    what: "A page of test/pages-verdict with the status and the headers of its label.",
    examples: listSlugs().map((slug) => `/outcome/${slug}`),
    answer: (visit) => {
      const slug = listSlugs().find((known) => known === visit.params["slug"]);
      if (!slug) return send(visit, htmlPage("No such page"), { status: 404 });
      const label: { status?: number; headers?: Record<string, string> } = JSON.parse(
        readFileSync(new URL(`${slug}.json`, FOLDER), "utf8"),
      );
      send(visit, readFileSync(new URL(`${slug}.html`, FOLDER)), label);
    },
  },
];

function listSlugs(): string[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith(".html"))
    .map((name) => name.slice(0, -".html".length));
}
