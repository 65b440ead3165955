import assert from "node:assert/strict";
import { test } from "node:test";
import { wholePage } from "../../../test/support/whole-page.ts";
import { parseHtml } from "../tree/parse-html.ts";
import { Tag } from "../tree/tag.ts";
import { readDocument } from "./read/read-document.ts";
import { toContentHtml } from "./to-content-html.ts";

const contentHtml = (html: string) => toContentHtml(readDocument(wholePage(html)));

const ELEMENTS = new Set(
  "p h1 h2 h3 h4 h5 h6 ul ol li input blockquote pre code table caption thead tbody tr th td dl dt dd details summary div hr em strong del sub sup a img br".split(
    " ",
  ),
);
const ATTRIBUTES = new Set([
  "href",
  "src",
  "alt",
  "title",
  "start",
  "class",
  "align",
  "id",
  "type",
  "disabled",
  "checked",
]);

/** Re-parses the output as a browser would, and names the first thing that could act. */
function findActive(html: string): string | null {
  const tree = parseHtml(html);
  for (let node = 1; node < tree.size; node++) {
    if (tree.tag[node] === Tag.TEXT) continue;
    const name = tree.name(node);
    if (name === "html" || name === "head" || name === "body") continue;
    if (!ELEMENTS.has(name)) return `<${name}>`;
    for (const [attribute, value] of tree.attributes(node)) {
      if (!ATTRIBUTES.has(attribute)) return `${name} ${attribute}`;
      const isAddress = attribute === "href" || attribute === "src";
      if (isAddress && !/^(?:https?:\/\/|mailto:|tel:|#note-)/.test(value))
        return `${attribute}=${value}`;
    }
  }
  return null;
}

const VECTORS = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  '<img src="javascript:alert(1)">',
  '<img src="/a" alt="&quot;><script>alert(1)</script>">',
  "<img src='/a' title='\" onload=alert(1) x=\"'>",
  '<a href="javascript:alert(1)">x</a>',
  '<a href=" java\nscript:alert(1)">x</a>',
  '<a href="&#106;avascript:alert(1)">x</a>',
  '<a href="data:text/html,<script>alert(1)</script>">x</a>',
  '<a href="vbscript:x" title="a&quot; onclick=&quot;x">x</a>',
  '<a href="https://e.org/&quot;onmouseover=&quot;x">x</a>',
  "<svg><script>alert(1)</script><a xlink:href='javascript:x'>y</a></svg>",
  "<math><mtext><img src=x onerror=alert(1)></mtext></math>",
  "<math><annotation encoding='application/x-tex'></math><script>x</script></annotation></math>",
  "<iframe srcdoc='<script>x</script>' title='t' src='javascript:x'></iframe>",
  "<object data=x><embed src=javascript:x></object>",
  "<style>@import 'x'</style><link rel=stylesheet href=x>",
  "<form action=javascript:x><button formaction=javascript:x>b</button></form>",
  "<noscript><p title='</noscript><img src=x onerror=x>'></noscript>",
  "<template><script>x</script></template>",
  "<textarea></textarea><script>x</script>",
  "<xmp><script>alert(1)</script></xmp>",
  "<pre class='language-&quot;><script>x</script>'>x</pre>",
  "<pre><code class='language-js\" onload=x'>&lt;script&gt;</code></pre>",
  "<table background=javascript:x><td style='x:expression(1)' align='\"><script>'>c</td></table>",
  '<sup id="r"><a href="#&quot;><script>">1</a></sup><p id=\'"><script>\' class=footnote>n</p>',
  "<ol start='1 onclick=x'><li>a</li></ol>",
  "<details ontoggle=x open><summary>s</summary>d</details>",
  "&lt;script&gt;alert(1)&lt;/script&gt;",
  "<b <script>x</script>",
  "<video src='javascript:x' title='v'></video>",
];

test("content HTML holds nothing that acts, whatever the page holds", () => {
  for (const vector of VECTORS) {
    const html = contentHtml(`<p>before</p>${vector}<p>after</p>`);
    assert.equal(findActive(html), null, `${vector}\n${html}`);
    assert.match(html, /before/);
  }
});

test("content HTML stays harmless when pages are cut and mixed at random", () => {
  let state = 7;
  const random = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state % below;
  };
  for (let round = 0; round < 3000; round++) {
    const pieces = Array.from({ length: 4 }, () => {
      const vector = VECTORS[random(VECTORS.length)] ?? "";
      const cut = random(vector.length);
      return random(2) === 0 ? vector.slice(cut) : vector.slice(0, cut);
    });
    const page = pieces.join("");
    const html = contentHtml(page);
    assert.equal(findActive(html), null, `${page}\n${html}`);
  }
});

test("content HTML keeps structure, and the language of code as its only class", () => {
  assert.equal(
    contentHtml(
      '<div class="x"><h2 id="a" class="b">T</h2><ul><li>a<ul><li>b</li></ul></li></ul><pre><code class="hljs language-js">x &lt; 1</code></pre><p><a href="/l" class="c" onclick="x">l</a><br><img src="i.png" width="9"></p></div>',
    ),
    '<h2>T</h2>\n<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul></li>\n</ul>\n<pre><code class="language-js">x &lt; 1\n</code></pre>\n<p><a href="https://example.com/l">l</a><br><img src="https://example.com/i.png" alt=""></p>',
  );
});

test("tables keep header rows and alignment", () => {
  assert.equal(
    contentHtml("<table><thead><tr><th>A<th align=right>B</thead><tr><td>1<td>2</table>"),
    '<table>\n<thead>\n<tr><th>A</th><th align="right">B</th></tr>\n</thead>\n<tbody>\n<tr><td>1</td><td align="right">2</td></tr>\n</tbody>\n</table>',
  );
});
