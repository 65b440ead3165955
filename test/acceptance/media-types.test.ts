import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Lab, startLab } from "../support/lab.ts";
import { readFailure, readPage } from "../support/shapes.ts";

let lab: Lab;
before(async () => {
  lab = await startLab();
});
after(() => lab.stop());

async function read(name: string) {
  const body = { url: `${lab.site.url}/type/${name}`, formats: ["markdown", "html", "text"] };
  return readPage(await lab.api.extract(body));
}

const HTML = [
  ...["html", "html-upper", "xhtml", "none-html", "nonsense-html", "octet-stream-html"],
];

test("HTML is read by its type, and by its look where the server names no good one", async () => {
  for (const name of HTML) {
    const { data } = await read(name);
    assert.match(data.markdown ?? "", /^# (A page by another name|Strict page)$/m, name);
  }
});

test("a page that wants to be saved is read all the same", async () => {
  const body = { url: `${lab.site.url}/download`, formats: ["markdown"] };
  const { data } = readPage(await lab.api.extract(body));
  assert.match(data.markdown ?? "", /A page by another name/);
});

test("plain text is kept as it is, escaped for Markdown", async () => {
  for (const name of ["text", "none-text"]) {
    const { data } = await read(name);
    assert.match(data.html ?? "", /^Opening hours\n\nMonday/, name);
    assert.match(data.text ?? "", /and <b>not a tag<\/b>\./, name);
    assert.match(data.markdown ?? "", /Saturday: 10 to 14/, name);
    assert.match(data.markdown ?? "", /\\<b>|&lt;b/, name);
  }
});

test("HTML that is called plain text is plain text", async () => {
  const { data } = await read("html-as-text");
  assert.match(data.text ?? "", /<title>A page by another name<\/title>/);
});

test("Markdown is unchanged", async () => {
  const { data } = await read("markdown");
  assert.equal(
    data.markdown?.trimEnd(),
    "# Release notes\n\nSome *emphasis*, a [link](/article) and:\n\n- one\n- two\n\n```js\nlet x = 1;\n```",
  );
});

test("JSON is one fenced block, also when it is broken", async () => {
  const { data } = await read("json");
  assert.match(data.markdown ?? "", /^```json\n[\s\S]*"weight_kg"[\s\S]*\n```\s*$/);
  assert.match(data.html ?? "", /^\{"name":"Quern"/);
  assert.match((await read("json-ld")).data.markdown ?? "", /^```json\n/);
  assert.match((await read("json-broken")).data.markdown ?? "", /^```/);
});

test("RSS and Atom are a title and a list of entries", async () => {
  for (const name of ["rss", "rss-as-xml", "atom"]) {
    const { data } = await read(name);
    assert.match(data.markdown ?? "", /^# \[?Harbour news\b/m, name);
    assert.match(data.markdown ?? "", /\[Boat found\]\(http:\/\/127\.0\.0\.1\/boat\)/, name);
    assert.match(data.markdown ?? "", /The missing boat was found on Monday\./, name);
  }
});

test("other XML is read", async () => {
  assert.match((await read("xml")).data.markdown ?? "", /Tides/);
});

const UNREADABLE = [
  { name: "pdf", type: "application/pdf" },
  { name: "png", type: "image/png" },
  { name: "zip", type: "application/zip" },
  { name: "octet-stream-binary", type: "application/octet-stream" },
];

test("another type is UNPROCESSABLE_CONTENT that names it", async () => {
  for (const { name, type } of UNREADABLE) {
    const answer = await lab.api.extract({ url: `${lab.site.url}/type/${name}` });
    const { error } = readFailure(answer);
    assert.equal(error.code, "UNPROCESSABLE_CONTENT", name);
    assert.ok(JSON.stringify(error).includes(type), answer.text);
  }
});

test("binaries without a type, or with a wrong one, are not shown as text", async () => {
  for (const name of ["none-png", "none-binary", "html-that-is-png", "html-that-is-pdf"]) {
    const answer = await lab.api.extract({ url: `${lab.site.url}/type/${name}` });
    assert.equal(readFailure(answer).error.code, "UNPROCESSABLE_CONTENT", name);
  }
});
