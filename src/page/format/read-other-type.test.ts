import assert from "node:assert/strict";
import { test } from "node:test";
import { readOtherType } from "./read-other-type.ts";

const URL = "https://example.com/dir/file";

test("plain text keeps its lines, and what would be markup is escaped", () => {
  const { markdown, text, contentHtml, links } = readOtherType(
    "# Title\r\n1. x *y* <z>\n\n    indented *code*\nsee https://example.org/a.\n",
    "text",
    URL,
  );
  assert.equal(
    markdown,
    "\\# Title\n1\\. x \\*y\\* \\<z>\n\n    indented *code*\nsee https://example.org/a.",
  );
  assert.ok(text.startsWith("# Title"));
  assert.match(contentHtml, /^<pre># Title[\s\S]*&lt;z&gt;/);
  assert.deepEqual(links, ["https://example.org/a"]);
});

test("Markdown is unchanged; its first heading is the title", () => {
  const source = "intro\n\n# A *page*\n\n[x](../y) <https://e.org/#a>\n";
  const { markdown, page, links } = readOtherType(source, "markdown", URL);
  assert.equal(markdown, source);
  assert.equal(page.title, "A *page*");
  assert.deepEqual(links, ["https://example.com/y", "https://e.org/"]);
});

test("JSON is one fenced block that its own backticks don't end", () => {
  const { markdown, text } = readOtherType('{"a": "```"}\n', "json", URL);
  assert.equal(markdown, '````json\n{"a": "```"}\n````');
  assert.equal(text, '{"a": "```"}\n');
});

test("RSS is a title and a list of entries", () => {
  const { markdown, page, links } = readOtherType(
    `<?xml version="1.0"?><rss version="2.0" xmlns:dc="d"><channel><title>News &amp; more</title><link>https://example.com/</link>
     <description>All of it</description><language>en-gb</language>
     <item><title>One</title><link>/one</link><pubDate>Fri, 03 May 2024 23:30:00 -0500</pubDate><dc:creator>Ann</dc:creator>
     <description><![CDATA[<p>Hello <a href="x">there</a></p>]]></description></item>
     <item><guid>https://example.com/two</guid></item></channel></rss>`,
    "xml",
    URL,
  );
  assert.equal(
    markdown,
    "# [News & more](https://example.com/)\n\nAll of it\n\n- [One](https://example.com/one)\n\n  2024-05-04 · Ann\n\n  Hello [there](https://example.com/x)\n\n- <https://example.com/two>",
  );
  assert.deepEqual(
    [page.title, page.description, page.language, page.canonicalUrl, page.type],
    ["News & more", "All of it", "en-gb", "https://example.com/", "listing"],
  );
  assert.equal(links.length, 4);
});

test("Atom has links told apart by rel, and content that is HTML or XHTML", () => {
  const { markdown } = readOtherType(
    `<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><link rel="self" href="/self"/><link href="/a"/>
     <entry><title>x</title><link rel="edit" href="/edit"/><link rel="alternate" href="/x"/><updated>2024-05-03T10:00:00Z</updated><summary type="html">&lt;b&gt;bold&lt;/b&gt;</summary></entry>
     <entry><title>y</title><content type="xhtml"><div><p>para <em>e</em></p></div></content></entry></feed>`,
    "xml",
    URL,
  );
  assert.equal(
    markdown,
    "# [A](https://example.com/a)\n\n- [x](https://example.com/x)\n\n  2024-05-03\n\n  **bold**\n\n- y\n\n  para _e_",
  );
});

test("other XML is its text, and elements of one name are a list", () => {
  const sitemap =
    "<urlset><url><loc>https://example.com/1</loc><lastmod>2024</lastmod></url><url><loc>https://example.com/2</loc></url></urlset>";
  assert.equal(
    readOtherType(sitemap, "xml", URL).markdown,
    "- <https://example.com/1> · 2024\n- <https://example.com/2>",
  );
  assert.equal(readOtherType("<a><b>x</b><c>y *z*</c></a>", "xml", URL).markdown, "x\n\ny \\*z\\*");
  assert.equal(readOtherType("no XML at all", "xml", URL).markdown, "no XML at all");
});

test("scripts in feeds don't reach the clean HTML", () => {
  const feed =
    "<rss><channel><title>&lt;script&gt;x&lt;/script&gt;</title><item><title>t</title><link>javascript:alert(1)</link><description>&lt;img src=x onerror=alert(1)&gt;&lt;script&gt;y&lt;/script&gt;ok</description></item></channel></rss>";
  const { contentHtml } = readOtherType(feed, "xml", URL);
  assert.doesNotMatch(contentHtml, /<script|onerror|javascript:/);
  assert.match(contentHtml, /ok/);
});
