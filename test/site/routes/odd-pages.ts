import { htmlPage, PROSE, type Route, send } from "../route.ts";

export const ODD_PAGES: readonly Route[] = [
  { path: "/odd/empty", what: "200 and not a single byte.", answer: (visit) => send(visit, "") },
  {
    path: "/odd/blank",
    what: "A page whose body holds white space alone.",
    answer: (visit) =>
      send(visit, "<!doctype html><html><head><title>Blank</title></head><body> \n </body></html>"),
  },
  {
    path: "/odd/no-tags",
    what: "Called text/html, is a line of text.",
    answer: (visit) => send(visit, "Just a line of text, no tags at all."),
  },
  {
    path: "/odd/bom-only",
    what: "A byte order mark and nothing else.",
    answer: (visit) => send(visit, "\uFEFF"),
  },
  {
    path: "/odd/nul",
    what: "NUL bytes in text, tags and attributes.",
    answer: (visit) =>
      send(visit, htmlPage("N\0UL", `<p title="a\0b">be\0fore</p><di\0v>after</di\0v>${PROSE}`)),
  },
  {
    path: "/odd/surrogates",
    what: "Lone surrogates: as character references and as bytes.",
    answer: (visit) =>
      send(
        visit,
        Buffer.concat([
          Buffer.from(
            "<!doctype html><title>a&#xD800;b</title><h1>Half a pair</h1><p>x&#xDFFF;y &#55357; ",
          ),
          Buffer.from([0xed, 0xa0, 0x80, 0xed, 0xbf, 0xbf]),
          Buffer.from(` end</p>${PROSE}`),
        ]),
      ),
  },
  {
    path: "/odd/json-surrogates",
    what: "JSON whose strings escape lone surrogates.",
    answer: (visit) =>
      send(visit, '{"half":"\\ud800","other":"x\\udfffy"}', { type: "application/json" }),
  },
  {
    path: "/odd/invalid-utf8",
    what: "Says UTF-8, holds bytes that are none.",
    answer: (visit) =>
      send(
        visit,
        Buffer.concat([
          Buffer.from("<p>caf"),
          Buffer.from([0xe9, 0xff, 0xc0, 0x80]),
          Buffer.from(PROSE),
        ]),
      ),
  },
  {
    path: "/odd/controls",
    what: "Control characters, bidi overrides, zero-width and private-use characters.",
    answer: (visit) =>
      send(
        visit,
        htmlPage(
          "Controls",
          `<p>a\u0001b\u0008c\u001bd\u007fe\u0085f \u202Eoverride\u202C \u200B\uFEFF\uE000\u{10FFFF}</p>${PROSE}`,
        ),
      ),
  },
  {
    path: "/odd/unclosed",
    what: "Tags that nobody closes, quotes that nobody ends.",
    answer: (visit) =>
      send(visit, `<div><p>One<p>Two<ul><li>three<li>four<a href="/x>five ${PROSE}`),
  },
];
