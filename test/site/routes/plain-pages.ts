import { readFileSync } from "node:fs";
import { htmlPage, type Route, send, type Visit } from "../route.ts";

export const PLAIN_PAGES: readonly Route[] = [
  file(
    "article",
    "A news article between menus, a teaser list and a footer, with metadata of every kind.",
  ),
  file("docs", "A documentation page: code in several languages, notes, definitions, task list."),
  file("table", "Tables: with a head, with spans, for layout, with a caption."),
  file("lists", "Nested lists of every kind, quotes, details, footnotes."),
  file(
    "images",
    "Lazy images, srcset, picture, noscript, data: and inline SVG, figures with captions.",
  ),
  file("maths", "MathML and TeX annotations, sub- and superscripts."),
  file("scripts", "Right-to-left, Chinese, Japanese, Thai and mixed text."),
  file(
    "links",
    "Links: relative, absolute, other origins, other schemes, duplicates, broken ones.",
  ),
  file("base", "A page with base, canonical and hreflang links."),
  file("forum", "A thread with three posts and a form for an answer."),
  file("product", "A product with price, rating and specification, as JSON-LD and microdata too."),
  {
    path: "/echo",
    what: "The request as JSON: method, target, headers, rawHeaders.",
    answer: (visit) => sendEcho(visit),
  },
  {
    path: "/echo/*",
    what: "The same under any path.",
    examples: ["/echo/some/path?and=query"],
    answer: (visit) => sendEcho(visit),
  },
  {
    path: "/page/:number",
    what: "As many different pages as wanted; each links to the next three.",
    examples: ["/page/1"],
    answer: (visit) => {
      const number = Number.parseInt(visit.params["number"] ?? "", 10) || 0;
      const links = [1, 2, 3].map(
        (step) => `<a href="/page/${number + step}">Page ${number + step}</a>`,
      );
      send(
        visit,
        htmlPage(`Page ${number}`, `<p>This is page ${number}.</p><p>${links.join(" ")}</p>`),
      );
    },
  },
];

function file(name: string, what: string): Route {
  const body = () => readFileSync(new URL(`../pages/${name}.html`, import.meta.url));
  return { path: `/${name}`, what, answer: (visit) => send(visit, body()) };
}

function sendEcho({ request, response }: Visit): void {
  const { method, url: target, headers, rawHeaders } = request;
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify({ method, target, headers, rawHeaders }));
}
