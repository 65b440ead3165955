import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Lab, startLab } from "../support/lab.ts";
import { type ExtractAnswer, readPage } from "../support/shapes.ts";

let lab: Lab;
before(async () => {
  lab = await startLab();
});
after(() => lab.stop());

async function extract(path: string, fields: object = {}): Promise<ExtractAnswer> {
  const body = { url: lab.site.url + path, formats: ["markdown"], ...fields };
  return readPage(await lab.api.extract(body));
}

async function markdownOf(path: string, fields: object = {}): Promise<string> {
  return (await extract(path, fields)).data.markdown ?? "";
}

test("html is the default format, and the page as served", async () => {
  const answer = readPage(await lab.api.extract({ url: `${lab.site.url}/article` }));
  const served = await (await fetch(`${lab.site.url}/article`)).text();
  assert.equal(answer.data.html, served);
  assert.equal(answer.data.markdown, null);
  assert.deepEqual(answer.metadata.formats, ["html"]);
});

test("html loses its byte order mark and nothing else", async () => {
  const { data } = readPage(await lab.api.extract({ url: `${lab.site.url}/charset/bom/utf-8` }));
  assert.match(data.html ?? "", /^<!doctype html>/);
});

test("markdown holds the article and not the frame around it", async () => {
  const markdown = await markdownOf("/article");
  assert.match(markdown, /^#+ The mill turns again$/m);
  assert.match(markdown, /^## Flour on Saturdays$/m);
  assert.match(markdown, /^> A mill that stands still/m);
  assert.match(markdown, /^[-*] Open: Saturdays, April to October$/m);
  assert.match(markdown, /\*slowly at first\*|_slowly at first_/);
  assert.match(markdown, /\*\*never forgotten\*\*/);
  for (const frame of ["Weather", "We use cookies", "Most read", "Imprint", "tracker", "float:"]) {
    assert.ok(!markdown.includes(frame), frame);
  }
});

test("links and images of the content are absolute", async () => {
  const markdown = await markdownOf("/article");
  assert.ok(markdown.includes(`](${lab.site.url}/page/12)`));
  assert.ok(markdown.includes(`](${lab.site.url}/images/mill.jpg)`));
});

test("only_main_content false gives the whole page without scripts and styles", async () => {
  const { data } = await extract("/article", {
    formats: ["markdown", "text", "content_html"],
    only_main_content: false,
  });
  for (const content of [data.markdown, data.text, data.content_html]) {
    for (const part of ["Weather", "The mill turns again", "Most read", "Imprint"]) {
      assert.ok(content?.includes(part), part);
    }
    assert.doesNotMatch(content ?? "", /tracker|float: left/);
  }
});

test("include_selectors choose the content, exclude_selectors take away from it", async () => {
  const fields = { include_selectors: ["figure", "ul"], exclude_selectors: ["nav", "aside"] };
  const markdown = await markdownOf("/article", fields);
  assert.match(markdown, /eleven tonnes/);
  assert.match(markdown, /by the quay path only/);
  for (const part of ["never forgotten", "Weather", "Ferry timetable"]) {
    assert.ok(!markdown.includes(part), part);
  }
  const without = await markdownOf("/article", { exclude_selectors: ["blockquote", "h2"] });
  assert.doesNotMatch(without, /piece of furniture|Flour on Saturdays/);
  assert.match(without, /never forgotten/);
});

test("text is the main content without markup, content_html with clean markup", async () => {
  const { data, metadata } = await extract("/article", { formats: ["text", "content_html"] });
  assert.match(data.text ?? "", /within a minute\s+the great wheel began to move, slowly at first/);
  assert.doesNotMatch(data.text ?? "", /<\w+|Most read/);
  assert.match(data.content_html ?? "", /<strong>never forgotten<\/strong>/);
  assert.doesNotMatch(data.content_html ?? "", /<script|<style|<nav|onclick|Most read/);
  assert.deepEqual([data.html, data.markdown], [null, null]);
  assert.deepEqual(metadata.formats, []);
  assert.deepEqual(metadata.extra_formats, ["text", "content_html"]);
});

test("formats that clients do not know are listed apart", async () => {
  const { data, metadata } = await extract("/article", {
    formats: ["markdown", "text", "html"],
  });
  assert.deepEqual(metadata.formats, ["markdown", "html"]);
  assert.deepEqual(metadata.extra_formats, ["text"]);
  assert.ok(!Object.hasOwn(data, "content_html"));
});

test("code keeps its language and its white space", async () => {
  const markdown = await markdownOf("/docs");
  assert.match(markdown, /^```\w+$/m);
});

test("tables become tables", async () => {
  const markdown = await markdownOf("/table");
  assert.match(markdown, /^\|.+\|$/m);
  assert.match(markdown, /^\|[ :-]+\|/m);
});

test("nested lists keep their levels", async () => {
  const markdown = await markdownOf("/lists");
  assert.match(markdown, /^[-*] /m);
  assert.match(markdown, /^ {2,}(?:[-*]|\d+\.) /m);
  assert.match(markdown, /^\d+\. /m);
});

test("other scripts come through unchanged", async () => {
  const page = await (await fetch(`${lab.site.url}/scripts`)).text();
  const markdown = await markdownOf("/scripts");
  for (const script of [/\p{Script=Hebrew}{4,}|\p{Script=Arabic}{4,}/u, /\p{Script=Han}{4,}/u]) {
    const word = script.exec(page)?.[0] ?? "";
    assert.ok(word !== "" && markdown.includes(word), word);
  }
});

test("the same page gives the same answer", async () => {
  const formats = ["markdown", "html", "text", "content_html"];
  const [first, second] = [
    await extract("/docs", { formats }),
    await extract("/docs", { formats }),
  ];
  assert.deepEqual(first.data, second.data);
});

test("explain adds the steps of the extraction", async () => {
  const { metadata } = await extract("/article", { explain: true });
  assert.ok(metadata.explain !== undefined);
});

const ODD_PAGES = ["nul", "surrogates", "json-surrogates", "invalid-utf8", "controls", "unclosed"];

test("answers are well-formed Unicode whatever the page holds", async () => {
  for (const name of ODD_PAGES) {
    const formats = ["markdown", "html", "text", "content_html"];
    const answer = await lab.api.extract({ url: `${lab.site.url}/odd/${name}`, formats });
    readPage(answer);
    JSON.parse(answer.text, (_key, value: unknown) => {
      if (typeof value === "string") assert.ok(value.isWellFormed(), `${name}: ${value}`);
      return value;
    });
  }
});
