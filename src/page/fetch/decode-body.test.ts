import assert from "node:assert/strict";
import { test } from "node:test";
import { encodeText } from "../../../test/site/encode-text.ts";
import { decodeBody } from "./decode-body.ts";

const page = (sentence: string, head = "") =>
  `<!doctype html><html><head>${head}<title>x</title></head><body><p>${sentence}</p></body></html>`;

/** A sentence of each encoding that has an owner among the living. */
const SENTENCES: Readonly<Record<string, string>> = {
  "utf-8": "Grüße aus Łódź — 港 и гавань 😀",
  "windows-1252": "Der Müller aß “süße” Äpfel für 5 € – naïve Idee, ça va…",
  "iso-8859-2": "Příliš žluťoučký kůň úpěl ďábelské ódy",
  "iso-8859-3": "Laŭ Ludoviko Zamenhof bongustas freŝa ĉeĥa manĝaĵo",
  "iso-8859-4": "Īsā teikumā ķīlis ņem žogu",
  "iso-8859-5": "Съешь же ещё этих мягких французских булок",
  "iso-8859-6": "طحن الطحان القمح قبل الفجر",
  "iso-8859-7": "Ο μυλωνάς άλεσε το σιτάρι πριν ξημερώσει",
  "iso-8859-8": "הטוחן טחן את החיטה לפני הזריחה",
  "iso-8859-8-i": "הטוחן טחן את החיטה לפני הזריחה",
  "iso-8859-10": "Sámi ŋ ja đ leat bustávat",
  "iso-8859-13": "Įlinkdama fechtuotojo špaga sublykčiojusi",
  "iso-8859-14": "Ẁyth ŵy i'r ŷd",
  "iso-8859-15": "Un œuf coûte 5 €",
  "iso-8859-16": "Un șarpe și o țestoasă",
  "windows-1250": "Zażółć gęślą jaźń",
  "windows-1251": "Съешь же ещё этих мягких французских булок",
  "windows-1253": "Ο μυλωνάς άλεσε το σιτάρι",
  "windows-1254": "Değirmenci şafaktan önce buğdayı öğüttü",
  "windows-1255": "הטוחן טחן את החיטה",
  "windows-1256": "طحن الطحان القمح پچگ",
  "windows-1257": "Įlinkdama fechtuotojo špaga",
  // Tones are characters of their own there.
  "windows-1258": "Ng\u01b0\u01a1\u0300i th\u01a1\u0323 xay",
  "windows-874": "คนโม่แป้งตื่นก่อนรุ่งสาง",
  "koi8-r": "Съешь же ещё этих мягких французских булок",
  "koi8-u": "Мірошник змолов зерно, їдьмо ґанком",
  ibm866: "Съешь же ещё этих мягких французских булок",
  macintosh: "L’été à la mer – 5 €",
  "x-mac-cyrillic": "Съешь же ещё этих мягких французских булок",
  shift_jis: "港は町より先に目を覚まし、表示とソースの能力が試される。",
  "euc-jp": "港は町より先に目を覚まし、魚は選り分けられる。",
  "euc-kr": "항구는 마을보다 먼저 깨어나고",
  gbk: "港口比城镇醒得更早，镕鎔",
  gb18030: "港口比城镇醒得更早",
  big5: "港口比城鎮醒得更早，許功蓋",
};

test("the Content-Type names the encoding", () => {
  for (const [label, sentence] of Object.entries(SENTENCES)) {
    const { text, encoding } = decodeBody(encodeText(page(sentence), label), label.toUpperCase());
    assert.equal(text, page(sentence), label);
    assert.equal(encoding, label);
  }
});

test("a meta element names the encoding, in either form", () => {
  for (const [label, sentence] of Object.entries(SENTENCES)) {
    for (const head of [
      `<meta charset=${label}>`,
      `<META content="text/html; charset='${label}'" http-equiv="Content-Type" />`,
    ]) {
      const { text } = decodeBody(encodeText(page(sentence, head), label), null);
      assert.equal(text, page(sentence, head), label);
    }
  }
});

test("a byte order mark beats everything, and is not part of the text", () => {
  for (const label of ["utf-8", "utf-16le", "utf-16be"]) {
    const bytes = encodeText(`\ufeff${page("Grüße", "<meta charset=koi8-r>")}`, label);
    assert.deepEqual(decodeBody(bytes, "shift_jis"), {
      text: page("Grüße", "<meta charset=koi8-r>"),
      encoding: label,
    });
  }
});

test("the Content-Type beats the meta element", () => {
  const html = page("Съешь же", "<meta charset=shift_jis>");
  assert.equal(decodeBody(encodeText(html, "koi8-r"), "koi8-r").text, html);
});

test("an XML declaration names the encoding", () => {
  const xml = '<?xml version="1.0" encoding="windows-1251"?><p>Съешь же ещё</p>';
  assert.equal(decodeBody(encodeText(xml, "windows-1251"), null).text, xml);
  for (const label of ["utf-16le", "utf-16be"]) {
    assert.equal(decodeBody(encodeText(xml, label), null).text, xml, label);
  }
});

test("labels mean what the WHATWG says", () => {
  const bytes = Uint8Array.from([0x3c, 0x70, 0x3e, 0x93, 0xe9, 0x94]);
  for (const label of [" Latin1 ", "iso-8859-1", "us-ascii", "cp1252", "x-cp1252"]) {
    assert.equal(decodeBody(bytes, label).text, "<p>“é”", label);
  }
  assert.equal(decodeBody(Uint8Array.from([0x80, 0xff]), "x-user-defined").text, "\uf780\uf7ff");
});

test("labels that nobody knows, or that are used for attacks only, are passed over", () => {
  const html = page("Grüße +ADw-script+AD4-");
  for (const label of [
    "quern",
    "",
    "utf-7",
    "utf-32",
    "hz-gb-2312",
    "iso-2022-kr",
    "replacement",
  ]) {
    const named = page("Grüße +ADw-script+AD4-", `<meta charset="${label}">`);
    assert.equal(decodeBody(Buffer.from(html), label).text, html, label);
    assert.equal(decodeBody(Buffer.from(named), null).text, named, label);
  }
});

test("a meta element is looked for in the first 1024 bytes, outside of comments", () => {
  const sentence = "Съешь же ещё этих мягких французских булок";
  for (const head of [
    `<!-- <meta charset=shift_jis> --><meta charset=koi8-r>`,
    `<meta name="charset" content="shift_jis"><meta charset=koi8-r>`,
    `<meta content="text/html; charset=shift_jis"><meta charset=koi8-r>`,
    `<p title='<meta charset=shift_jis>'><meta charset=koi8-r>`,
    `<meta charset=nonsense><meta charset=koi8-r>`,
  ]) {
    assert.equal(decodeBody(encodeText(page(sentence, head), "koi8-r"), null).encoding, "koi8-r");
  }
  const late = page(sentence, `${" ".repeat(1024)}<meta charset=shift_jis>`);
  assert.equal(decodeBody(encodeText(late, "koi8-r"), null).text, late);
});

test("what was read as ASCII is not UTF-16, whatever it says", () => {
  const html = page("Grüße", "<meta charset=utf-16le>");
  assert.equal(decodeBody(Buffer.from(html), null).text, html);
  assert.equal(decodeBody(Buffer.from(html), "utf-16").text, html);
});

test("UTF-8 that is called something Western is UTF-8", () => {
  const html = page("Grüße aus Łódź", "<meta charset=utf-8>");
  for (const label of ["iso-8859-1", "windows-1252", "us-ascii"]) {
    assert.equal(decodeBody(Buffer.from(html), label).text, html, label);
  }
});

test("what is called UTF-8 and is not is read as its meta element says, or as it looks", () => {
  const labelled = page("Съешь же ещё этих мягких", "<meta charset=windows-1251>");
  assert.equal(decodeBody(encodeText(labelled, "windows-1251"), "utf-8").text, labelled);
  const bare = page("Съешь же ещё этих мягких французских булок");
  assert.equal(decodeBody(encodeText(bare, "koi8-r"), "utf-8").text, bare);
});

test("UTF-8 with some bytes gone bad stays UTF-8", () => {
  const bytes = Buffer.concat([Buffer.from("Grüße aus Łódź, Съешь же"), Buffer.from([0xff, 0xc3])]);
  assert.equal(decodeBody(bytes, null).text, "Grüße aus Łódź, Съешь же\ufffd\ufffd");
});

test("encodings of seven bits or two bytes show themselves", () => {
  for (const label of ["utf-16le", "utf-16be"]) {
    const html = page("Grüße aus Łódź");
    assert.equal(decodeBody(encodeText(html, label), null).text, html, label);
  }
  const kanji = Buffer.from("<p>\x1b$B9A$OD.\x1b(B</p>", "latin1");
  assert.deepEqual(decodeBody(kanji, null), { text: "<p>港は町</p>", encoding: "iso-2022-jp" });
  assert.equal(decodeBody(kanji, "iso-2022-jp").text, "<p>港は町</p>");
});

test("Korean has all its syllables, also those that Node does not know", () => {
  // Places of the table index-euc-kr of the WHATWG Encoding standard.
  const bytes = [0x81, 0x41, 0x94, 0xee, 0xb0, 0xa1, 0x8c, 0x63, 0xa1, 0x41, 0xc6, 0x52, 0x41];
  assert.equal(decodeBody(Uint8Array.from(bytes), "ks_c_5601-1987").text, "갂뷁가똠좥힣A");
});

test("the text is well-formed, whatever the bytes", () => {
  const bytes = Uint8Array.from({ length: 5000 }, (_, at) => (at * at * 31 + at * 7) % 256);
  for (const label of [...Object.keys(SENTENCES), "utf-16le", "utf-16be", null]) {
    assert.ok(decodeBody(bytes, label).text.isWellFormed(), String(label));
  }
  const alone = Uint8Array.from([0x3c, 0, 0, 0xd8, 0x3e, 0]);
  assert.equal(decodeBody(alone, "utf-16le").text, "<\ufffd>");
});
