import assert from "node:assert/strict";
import { test } from "node:test";
import { wholePage } from "../../../test/support/whole-page.ts";
import {
  MAX_SIGNAL_ITEM_LENGTH,
  MAX_SIGNAL_ITEMS,
  type PageSignals,
} from "../../contract/page-signals.ts";
import { collectSignals } from "./signals.ts";

/** The signals of a page whose content is all of it. */
function signalsOf(html: string): PageSignals {
  const page = wholePage(html);
  return collectSignals(page.tree, () => page);
}

const LONG = "word ".repeat(20);

const CASES: readonly (readonly [promise: string, html: string, expected: Partial<PageSignals>])[] =
  [
    [
      "visible text has its white space folded, and blocks stand apart",
      "<title> A  page </title><p>one <b>two</b>three</p><div>four<br>five</div>",
      { title: "A page", visibleText: "one twothree four five", visibleTextLength: 22 },
    ],
    [
      "what no visitor sees is not visible",
      "<body><script>a</script><style>b</style><noscript>c</noscript><template>d</template><p hidden>e</p><p style='display:none'>f</p><textarea>g</textarea>h",
      { visibleText: "h", visibleTextLength: 1 },
    ],
    [
      "noscript speaks for itself, without its markup",
      "<div>a<noscript>Please <b>enable</b><p>scripts</noscript></div><noscript><img src=x></noscript>",
      { noscriptText: "Please enable scripts", visibleText: "a" },
    ],
    [
      "headings of the first two levels",
      "<h1>a</h1><h2> b <i>c</i></h2><h3>d</h3><h2></h2>",
      { headings: ["a", "b c"] },
    ],
    ["links lead somewhere", "<a href=x>a</a><a name=y>b</a>", { linkCount: 1 }],
    [
      "pictures and players, but not those for browsers without scripts",
      "<p><img><video></video><iframe src=f></iframe><canvas></canvas><noscript><img></noscript>",
      { mediaCount: 3, frameUrls: ["f"] },
    ],
    [
      "prose is long paragraphs, items, cells",
      `<p>${LONG}</p><p>short</p><ul><li>${LONG}</ul><div>${LONG}</div>`,
      { proseBlockCount: 2 },
    ],
    [
      "fields are what a visitor fills in",
      "<form action='/go'><input><input type=hidden><input type=SUBMIT><input type=password><textarea></textarea><select></select></form>",
      { fieldCount: 4, passwordFieldCount: 1, formActions: ["/go"] },
    ],
    [
      "scripts: how many, from where, and how they begin",
      "<script src=a.js></script><script>let x;</script><script type=application/json>{}</script>",
      {
        scriptCount: 3,
        scriptUrls: ["a.js"],
        inlineScripts: ["let x;", "{}"],
        inlineScriptLength: 8,
      },
    ],
    [
      "markers are ids, classes and names, once, in lower case",
      "<div id=App class='Root dark'><form name=Login class=dark><input name=q id=app>",
      { markers: ["app", "root", "dark", "login", "q"] },
    ],
    [
      "empty blocks stand directly in body and hold nothing",
      "<body><div id=root></div><main><p></p></main><div><img></div><p>text</p><script></script><form><input></form>",
      { emptyBlocks: ["root", "main"] },
    ],
    [
      "metas for browsers and robots",
      "<meta http-equiv=Refresh content='5; url=/x'><meta name=robots content='NoIndex'>",
      { metaRefresh: "5; url=/x", robots: "noindex" },
    ],
    [
      "a page of nothing",
      "",
      {
        title: "",
        visibleText: "",
        contentTextLength: 0,
        headings: [],
        markers: [],
        metaRefresh: null,
        robots: "",
      },
    ],
  ];

for (const [promise, html, expected] of CASES) {
  test(`signals: ${promise}`, () => {
    const signals = signalsOf(html);
    const found = Object.fromEntries(
      Object.keys(expected).map((key) => [key, Reflect.get(signals, key)]),
    );
    assert.deepEqual(found, expected);
  });
}

test("the length of the content is that of what is kept", () => {
  const page = wholePage("<p>one</p><p>two</p>");
  page.keep[page.tree.size - 2] = 0;
  assert.equal(collectSignals(page.tree, () => page).contentTextLength, 3);
});

test("lists and texts are cut, so that no page makes its signals large", () => {
  const many = Array.from({ length: 500 }, (_, i) => `<h1 class=c${i}>${"x".repeat(500)}</h1>`);
  const signals = signalsOf(many.join(""));
  assert.equal(signals.markers.length, MAX_SIGNAL_ITEMS);
  assert.equal(signals.headings.length, MAX_SIGNAL_ITEMS);
  assert.equal(signals.headings[0]?.length, MAX_SIGNAL_ITEM_LENGTH);
  assert.equal(signals.visibleText.length, 4000);
  assert.equal(signals.visibleTextLength, 500 * 501 - 1);
});
