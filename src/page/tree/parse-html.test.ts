import assert from "node:assert/strict";
import { test } from "node:test";
import { parseHtml } from "./parse-html.ts";
import { Tag } from "./tag.ts";
import { NodeFlag, type Tree } from "./tree.ts";

/** A tree as one line: `p(“text” b(“more”))`. html, head and body are left out unless they say something. */
function outline(tree: Tree): string {
  const show = (node: number): string => {
    if (tree.tag[node] === Tag.TEXT) return JSON.stringify(tree.text(node));
    const inside = children(tree, node).map(show).join(" ");
    return inside === "" ? tree.name(node) : `${tree.name(node)}(${inside})`;
  };
  const body = [...tree.tag].findIndex((tag) => tag === Tag.BODY || tag === Tag.FRAMESET);
  return children(tree, Math.max(body, 0)).map(show).join(" ");
}

function children(tree: Tree, node: number): number[] {
  const found: number[] = [];
  const end = tree.end[node] ?? 0;
  for (let child = node + 1; child < end; child = tree.end[child] ?? end) found.push(child);
  return found;
}

const CASES: readonly (readonly [promise: string, html: string, expected: string])[] = [
  ["text and elements", "<p>a <b>c</b></p>", 'p("a " b("c"))'],
  ["names in any case", "<DIV><Em>a</eM></DIV>", 'div(em("a"))'],
  ["a paragraph ends a paragraph", "<p>a<p>b", 'p("a") p("b")'],
  ["a block ends a paragraph", "<p>a<div>b</div>c", 'p("a") div("b") "c"'],
  ["a paragraph in a button stays", "<p><button><p>a</button>b", 'p(button(p("a")) "b")'],
  ["a stray end tag is ignored", "<div>a</p>b</section>c</div>", 'div("abc")'],
  [
    "items end items",
    "<ul><li>a<li>b<ul><li>c</ul><li>d</ul>",
    'ul(li("a") li("b" ul(li("c"))) li("d"))',
  ],
  ["items end through paragraphs", "<ul><li><p>a<li>b</ul>", 'ul(li(p("a")) li("b"))'],
  ["descriptions end each other", "<dl><dt>a<dd>b<dt>c</dl>", 'dl(dt("a") dd("b") dt("c"))'],
  [
    "options end options",
    "<select><option>a<option>b<optgroup><option>c</select>d",
    'select(option("a") option("b") optgroup(option("c"))) "d"',
  ],
  ["a heading ends a heading", "<h1>a<h2>b</h2>c", 'h1("a") h2("b") "c"'],
  ["any heading end tag ends a heading", "<h1>a</h2>b", 'h1("a") "b"'],
  [
    "rows and cells need no end tags",
    "<table><tr><td>a<td>b<tr><th>c</table>d",
    'table(tbody(tr(td("a") td("b")) tr(th("c")))) "d"',
  ],
  ["a cell without a row gets one", "<table><td>a</table>", 'table(tbody(tr(td("a"))))'],
  [
    "sections of tables end each other",
    "<table><thead><tr><th>a<tbody><tr><td>b</table>",
    'table(thead(tr(th("a"))) tbody(tr(td("b"))))',
  ],
  ["table parts outside of tables are ignored", "<div><td>a</td><tr>b</div>", 'div("ab")'],
  [
    "an end tag doesn't reach out of a cell",
    "<div><table><tr><td>a</div>b</table></div>c",
    'div(table(tbody(tr(td("ab"))))) "c"',
  ],
  [
    "a cell may hold a table",
    "<table><tr><td><table><tr><td>a</table>b<td>c</table>",
    'table(tbody(tr(td(table(tbody(tr(td("a")))) "b") td("c"))))',
  ],
  [
    "a table in a table's frame ends it",
    "<table><tr><table><tr><td>a</table>",
    'table(tbody(tr)) table(tbody(tr(td("a"))))',
  ],
  [
    "white space between table parts is dropped",
    "<table> <tr> <td> a </td> </tr> </table>",
    'table(tbody(tr(td(" a "))))',
  ],
  ["formatting ends out of order", "<b>a<i>b</b>c</i>d", 'b("a" i("b")) i("c") "d"'],
  [
    "formatting waits for the blocks in it",
    "<div><b>a<p>b</b>c</p>d</div>e",
    'div(b("a" p("bc")) "d") "e"',
  ],
  ["a link ends a link", "<a href=1>a<a href=2>b</a>c", 'a("a") a("b") "c"'],
  [
    "an open link ends with its cell",
    "<table><tr><td><a href=1>a<td>b</table>",
    'table(tbody(tr(td(a("a")) td("b"))))',
  ],
  [
    "an inline end tag doesn't reach across blocks",
    "<span>a<div>b</span>c</div></span>",
    'span("a" div("bc"))',
  ],
  ["a form doesn't nest", "<form>a<form>b</form>c", 'form("ab") "c"'],
  [
    "a form in the frame of a table is empty",
    "<table><form><tr><td>a</form></table>",
    'table(form tbody(tr(td("a"))))',
  ],
  [
    "void elements have no content",
    "a<br>b<img src=c>d<hr>e<input>f<wbr>g",
    '"a" br "b" img "d" hr "e" input "f" wbr "g"',
  ],
  ["a br end tag is a br", "a</br>b", '"a" br "b"'],
  ["image is img", "<image src=a>", "img"],
  ["comments leave one text", "a<!-- x -->b<!---->c", '"abc"'],
  ["doctypes and instructions are dropped", "<!doctype html><?xml a?>a", '"a"'],
  [
    "entities are decoded",
    "a &amp; b&nbsp;c &#x41;&#128; &notit; &lt;p>",
    '"a & b\u00a0c A€ ¬it; <p>"',
  ],
  ["script is text as written", "<body><script>a<b>&amp;</script>c", 'script("a<b>&amp;") "c"'],
  [
    "textarea and title are text with entities",
    "<body><textarea>\n<b>&amp;</textarea>",
    'textarea("<b>&")',
  ],
  [
    "the first line break of pre is dropped",
    "<pre>\n a\nb</pre><pre>\r\nc</pre>",
    'pre(" a\\nb") pre("c")',
  ],
  ["plaintext goes on to the end", "<plaintext>a</plaintext>b", 'plaintext("a</plaintext>b")'],
  ["svg closes itself", "<svg><path d=a /><g>b</g></svg>c", 'svg(path g("b")) "c"'],
  ["html ends svg", "<svg><g><p>a</p>", 'svg(g) p("a")'],
  [
    "html goes on in foreignObject",
    "<svg><foreignObject><p>a<p>b</foreignObject></svg>c",
    'svg(foreignobject(p("a") p("b"))) "c"',
  ],
  ["cdata elsewhere is a comment that ends soon", "<p>a<![CDATA[ <b>c</b>]]>d", 'p("ac]]>d")'],
  ["cdata without an end too", "<p>a<![CDATA[ > b", 'p("a b")'],
  ["cdata is text in svg alone", "<svg><![CDATA[a&amp;]]></svg><![CDATA[b]]>", 'svg("a&amp;")'],
  ["ruby needs no end tags", "<ruby>a<rt>b<rp>c</ruby>d", 'ruby("a" rt("b") rp("c")) "d"'],
  ["elements of any name", "<my-part>a<x-y>b</my-part>c", 'my-part("a" x-y("b")) "c"'],
  ["what follows body belongs to it", "<body>a</body></html>b", '"ab"'],
  ["a self-closing div is open", "<div/>a", 'div("a")'],
  ["an unclosed tag at the end is dropped", "a<b c='", '"a"'],
  ["less-than is text where no tag begins", "a < b <3", '"a < b <3"'],
  ["framesets stand for body", "<frameset><frame src=a></frameset>", "frame"],
  ["details and summary", "<details><summary>a</summary>b</details>", 'details(summary("a") "b")'],
  ["nothing", "", ""],
];

for (const [promise, html, expected] of CASES) {
  test(`parse: ${promise}`, () => {
    assert.equal(outline(parseHtml(html)), expected);
  });
}

test("html, head and body are there even if no tag says so", () => {
  const names = (html: string) => {
    const tree = parseHtml(html);
    return [...tree.tag.keys()].map((node) => `${tree.depth[node]}${tree.name(node)}`).join(" ");
  };
  assert.equal(names("<title>a</title><p>b"), "0 1html 2head 3title 4 2body 3p 4");
  assert.equal(names("a"), "0 1html 2body 3");
  assert.equal(names("<head><meta></head> <link><body>"), "0 1html 2head 3meta 3link 2body");
});

test("flags hold for everything inside", () => {
  const tree = parseHtml(
    "<noscript><p>a</p></noscript><template>b</template><div hidden>c</div><div style='color:red;Display : none'>d</div>" +
      "<div aria-hidden=true>e</div><svg><text>f</text></svg><pre>g</pre><div hidden=until-found>h</div>",
  );
  const flagOf = (text: string) =>
    tree.flags[[...tree.tag.keys()].findIndex((node) => tree.text(node) === text)];
  assert.deepEqual(["a", "b", "c", "d", "e", "f", "g", "h"].map(flagOf), [
    NodeFlag.NOSCRIPT,
    NodeFlag.TEMPLATE,
    NodeFlag.HIDDEN,
    NodeFlag.HIDDEN,
    NodeFlag.HIDDEN,
    NodeFlag.FOREIGN,
    NodeFlag.PREFORMATTED,
    0,
  ]);
});

test("attributes: the first of equal names, in lower case, decoded", () => {
  const tree = parseHtml(`<a HREF="?a=1&amp;b=2&copy=3" href=x Title='"&quot;' data-X=1 checked>`);
  const link = [...tree.tag].indexOf(Tag.A);
  assert.equal(tree.attribute(link, "href"), "?a=1&b=2&copy=3");
  assert.equal(tree.attribute(link, "title"), '""');
  assert.equal(tree.attribute(link, "data-x"), "1");
  assert.equal(tree.attribute(link, "checked"), "");
  assert.equal(tree.attribute(link, "id"), null);
  assert.equal(tree.attribute(0, "id"), null);
  assert.deepEqual(
    tree.attributes(link).map(([name]) => name),
    ["href", "title", "data-x", "checked"],
  );
});

test("a late body tag gives its attributes to the body that is there", () => {
  const tree = parseHtml("<p>a</p><body class=b><p>c");
  assert.equal(tree.attribute([...tree.tag].indexOf(Tag.BODY), "class"), "b");
});

test("text is well-formed Unicode without NUL", () => {
  assert.equal(outline(parseHtml("a\0b\ud800c&#0;&#xd800;")), '"a\ufffdb\ufffdc\ufffd\ufffd"');
});
