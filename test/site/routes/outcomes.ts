import { readdirSync, readFileSync } from "node:fs";
import { htmlPage, type Route, send, type Visit } from "../route.ts";

/** What the site needs of a page's label: see test/pages-verdict/README.md. */
interface Label {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly url: string;
  readonly finalUrl?: string;
}

const FOLDER = new URL("../../pages-verdict/", import.meta.url);

/** The labelled pages that the verdict is tested with, answered as their labels say. */
export const OUTCOMES: readonly Route[] = [
  {
    path: "/outcome/:slug",
    what: "A page of test/pages-verdict with the status and headers of its label, after a redirect if it has one.",
    examples: listSlugs().map((slug) => `/outcome/${slug}`),
    answer: (visit) => {
      const { finalUrl, url } = readLabel(visit) ?? {};
      if (finalUrl === undefined || url === undefined) return sendLabelled(visit);
      const location = moveHere(visit, new URL(url), new URL(finalUrl));
      send(visit, "", { status: 302, headers: { location } });
    },
  },
  {
    path: "/outcome/:slug/at/*",
    what: "Where such a page was redirected to.",
    examples: ["/outcome/wall-redirect/at/login"],
    answer: sendLabelled,
  },
];

function sendLabelled(visit: Visit): void {
  const label = readLabel(visit);
  if (label === null) send(visit, htmlPage("No such page"), { status: 404 });
  else send(visit, readFileSync(new URL(`${visit.params["slug"]}.html`, FOLDER)), label);
}

function readLabel({ params }: Visit): Label | null {
  const slug = listSlugs().find((known) => known === params["slug"]);
  if (slug === undefined) return null;
  return JSON.parse(readFileSync(new URL(`${slug}.json`, FOLDER), "utf8"));
}

/** The redirect's target below the page's own address; parameters that name the page name it here. */
function moveHere({ url: here }: Visit, asked: URL, final: URL): string {
  const query = new URLSearchParams();
  for (const [name, value] of final.searchParams) {
    query.set(
      name,
      asked.pathname === "/" ? value : value.replaceAll(asked.pathname, here.pathname),
    );
  }
  return `${here.pathname}/at${final.pathname}?${query}`;
}

function listSlugs(): string[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith(".html"))
    .map((name) => name.slice(0, -".html".length));
}
