import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Lab, startLab } from "../support/lab.ts";
import { readPage } from "../support/shapes.ts";

let lab: Lab;
before(async () => {
  lab = await startLab();
});
after(() => lab.stop());

async function markdownOf(path: string): Promise<string> {
  const body = { url: lab.site.url + path, formats: ["markdown", "html"] };
  const { data } = readPage(await lab.api.extract(body));
  assert.doesNotMatch(data.html ?? "", /�|^\uFEFF/, path);
  return data.markdown ?? "";
}

/** A few words of each page, as they have to read. */
const WORDS: Readonly<Record<string, string>> = {
  "windows-1252": "süße",
  "iso-8859-2": "žluťoučký",
  "windows-1250": "gęślą",
  "windows-1251": "французских",
  "koi8-r": "французских",
  "iso-8859-7": "μυλωνάς",
  "windows-1254": "öğüttü",
  "windows-1255": "הטוחן",
  "windows-1256": "الطحان",
  shift_jis: "明け方のランプ",
  "euc-jp": "明け方のランプ",
  gb18030: "港口比城镇醒得更早",
  big5: "港口比城鎮醒得更早",
  "euc-kr": "항구는 마을보다",
  "utf-8": "Łódź",
};

test("the header names the charset", async () => {
  for (const [label, words] of Object.entries(WORDS)) {
    assert.ok((await markdownOf(`/charset/header/${label}`)).includes(words), label);
  }
});

test("a meta tag names the charset", async () => {
  for (const [label, words] of Object.entries(WORDS)) {
    assert.ok((await markdownOf(`/charset/meta/${label}`)).includes(words), label);
  }
});

test("a byte order mark names the charset", async () => {
  for (const label of ["utf-8", "utf-16le", "utf-16be"]) {
    assert.match(await markdownOf(`/charset/bom/${label}`), /Grüße aus Łódź — 港 и гавань/);
  }
});

/** Where nothing is said, letters of one script leave no doubt; single-byte Latin may be taken for its neighbour. */
const GUESSED = [
  ...["windows-1251", "koi8-r", "shift_jis", "euc-jp", "gb18030", "big5", "euc-kr", "utf-8"],
  ...["iso-8859-7", "windows-1255", "windows-1256"],
];

test("a charset that nobody names is guessed from the bytes", async () => {
  for (const label of GUESSED) {
    const markdown = await markdownOf(`/charset/nowhere/${label}`);
    assert.ok(markdown.includes(WORDS[label] ?? ""), `${label}: ${markdown.slice(0, 60)}`);
  }
});

test("the header beats the meta tag, an unknown name is passed over", async () => {
  for (const name of ["header-beats-meta", "unknown"]) {
    assert.match(await markdownOf(`/charset-odd/${name}`), /Grüße, Łódź/, name);
  }
});

test("an XML declaration names the charset", async () => {
  assert.match(await markdownOf("/charset-odd/xml"), /французских булок/);
});
