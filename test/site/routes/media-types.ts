import { htmlPage, type Route, send } from "../route.ts";

interface Sample {
  /** "": the server names none. */
  readonly type: string;
  readonly body: string | Uint8Array;
}

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const PAGE = htmlPage("A page by another name");
const TEXT =
  "Opening hours\n\nMonday to Friday: 9 to 17\nSaturday: 10 to 14\n\n  An indented line, and <b>not a tag</b>.\n";
const MARKDOWN =
  "# Release notes\n\nSome *emphasis*, a [link](/article) and:\n\n- one\n- two\n\n```js\nlet x = 1;\n```\n";
const JSON_TEXT =
  '{"name":"Quern","tags":["stone","mill"],"weight_kg":41.5,"note":"5 < 7 & so on"}';
const RSS = `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Harbour news</title><link>http://127.0.0.1/</link><description>From the quay</description>
<item><title>Boat found</title><link>http://127.0.0.1/boat</link><pubDate>Mon, 02 Mar 2026 10:00:00 GMT</pubDate>
<description>&lt;p&gt;The missing boat was found on Monday.&lt;/p&gt;</description></item>
<item><title>Ferry late</title><link>http://127.0.0.1/ferry</link><description>Fog on the estuary.</description></item>
</channel></rss>`;
const ATOM = `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour news</title><updated>2026-03-02T10:00:00Z</updated>
<entry><title>Boat found</title><link href="http://127.0.0.1/boat"/><updated>2026-03-02T10:00:00Z</updated>
<summary>The missing boat was found on Monday.</summary></entry></feed>`;
const XML = '<?xml version="1.0"?><catalogue><book id="1"><title>Tides</title></book></catalogue>';
const XHTML = `<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Strict page</title></head>
<body><h1>Strict page</h1><p>Every tag is closed,<br/>even this one. <![CDATA[5 < 7]]></p></body></html>`;
const PDF = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
const BINARY = Uint8Array.from({ length: 4096 }, (_, index) => (index * 73) % 256);

const SAMPLES: Readonly<Record<string, Sample>> = {
  html: { type: "text/html", body: PAGE },
  "html-upper": { type: "Text/HTML; Charset=UTF-8", body: PAGE },
  xhtml: { type: "application/xhtml+xml", body: XHTML },
  text: { type: "text/plain; charset=utf-8", body: TEXT },
  "html-as-text": { type: "text/plain", body: PAGE },
  markdown: { type: "text/markdown; charset=utf-8", body: MARKDOWN },
  json: { type: "application/json", body: JSON_TEXT },
  "json-ld": { type: "application/ld+json", body: JSON_TEXT },
  "json-broken": { type: "application/json", body: '{"name": "Quern", ' },
  rss: { type: "application/rss+xml", body: RSS },
  "rss-as-xml": { type: "text/xml", body: RSS },
  atom: { type: "application/atom+xml", body: ATOM },
  xml: { type: "application/xml", body: XML },
  csv: { type: "text/csv", body: "name,weight\nquern,41.5\n" },
  css: { type: "text/css", body: "body { color: teal }" },
  javascript: { type: "text/javascript", body: "export const x = 1;" },
  pdf: { type: "application/pdf", body: PDF },
  png: { type: "image/png", body: PNG },
  svg: {
    type: "image/svg+xml",
    body: '<svg xmlns="http://www.w3.org/2000/svg"><title>Dot</title></svg>',
  },
  zip: {
    type: "application/zip",
    body: Buffer.from("504b0506000000000000000000000000000000000000", "hex"),
  },
  "octet-stream-html": { type: "application/octet-stream", body: PAGE },
  "octet-stream-binary": { type: "application/octet-stream", body: BINARY },
  "none-html": { type: "", body: PAGE },
  "none-text": { type: "", body: TEXT },
  "none-png": { type: "", body: PNG },
  "none-binary": { type: "", body: BINARY },
  "nonsense-html": { type: "nonsense", body: PAGE },
  "html-that-is-pdf": { type: "text/html", body: PDF },
  "html-that-is-png": { type: "text/html", body: PNG },
};

export const MEDIA_TYPES: readonly Route[] = [
  {
    path: "/type/:name",
    what: "A small document of this type; `none-…`: the server names no type; `a-as-b`, `a-that-is-b`: the type is wrong.",
    examples: Object.keys(SAMPLES).map((name) => `/type/${name}`),
    answer: (visit) => {
      const sample = SAMPLES[visit.params["name"] ?? ""];
      if (sample) send(visit, sample.body, { type: sample.type });
      else send(visit, htmlPage("No such type"), { status: 404 });
    },
  },
  {
    path: "/download",
    what: "A page that wants to be saved: Content-Disposition attachment.",
    answer: (visit) =>
      send(visit, PAGE, { headers: { "content-disposition": 'attachment; filename="page.html"' } }),
  },
];
