import assert from "node:assert/strict";
import { test } from "node:test";
import { encodeText } from "../../../../test/site/encode-text.ts";
import { assertLinear } from "../../../../test/support/assert-linear.ts";
import { guessEncoding } from "./guess-encoding.ts";

/** One or two sentences each, and the encodings that they are found in. */
const TEXTS: readonly (readonly [text: string, encodings: readonly string[]])[] = [
  ["Tous les êtres humains naissent libres et égaux en dignité. Ça va là-bas ?", ["windows-1252"]],
  ["Alle Menschen sind an Würde gleich; der Süden grüßt „schöne Häuser“.", ["windows-1252"]],
  ["El niño pequeño soñó con la montaña; ¿qué pasó después?", ["windows-1252", "macintosh"]],
  ["Não há razão para distinção alguma de opinião política.", ["windows-1252"]],
  ["Alla människor är födda fria och lika i värde på jorden.", ["windows-1252"]],
  ["Hver maður er borinn frjáls og jafn öðrum að virðingu og réttindum.", ["windows-1252"]],
  [
    "Wszyscy ludzie rodzą się wolni i równi pod względem swej godności.",
    ["windows-1250", "iso-8859-2"],
  ],
  ["Příliš žluťoučký kůň úpěl ďábelské ódy.", ["windows-1250", "iso-8859-2"]],
  [
    "Minden emberi lény szabadon születik és egyenlő méltósága van; őszi hűvös.",
    ["windows-1250", "iso-8859-2"],
  ],
  ["Sva ljudska bića rađaju se slobodna; čovjek će noću željno čekati.", ["windows-1250"]],
  ["Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar.", ["windows-1254"]],
  [
    "Visi žmonės gimsta laisvi ir lygūs savo orumu ir teisėmis, jiems suteikta sąžinė.",
    ["windows-1257"],
  ],
  ["Visi cilvēki piedzimst brīvi un vienlīdzīgi savā pašcieņā un tiesībās.", ["windows-1257"]],
  [
    "Все люди рождаются свободными и равными в своём достоинстве.",
    ["windows-1251", "koi8-r", "iso-8859-5", "ibm866"],
  ],
  ["Моя семья, вся моя жизнь, моя земля и её история.", ["x-mac-cyrillic"]],
  ["НОВОСТИ И ПОГОДА В МОСКВЕ", ["windows-1251"]],
  ["Всі люди народжуються вільними і рівними у своїй гідності.", ["windows-1251", "koi8-u"]],
  ["Сва људска бића рађају се слободна и једнака.", ["windows-1251", "iso-8859-5"]],
  ["Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι.", ["windows-1253", "iso-8859-7"]],
  ["כל בני האדם נולדו בני חורין ושווים בערכם.", ["windows-1255", "iso-8859-8"]],
  ["يولد جميع الناس أحرارا متساوين في الكرامة والحقوق.", ["windows-1256", "iso-8859-6"]],
  ["มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกัน", ["windows-874"]],
  [
    "すべての人間は、生まれながらにして自由であり、尊厳と権利とについて平等である。",
    ["shift_jis", "euc-jp"],
  ],
  ["ニュース トップページ 会社案内", ["shift_jis", "euc-jp"]],
  ["人人生而自由，在尊严和权利上一律平等。", ["gb18030"]],
  ["人人生而自由，在尊嚴和權利上一律平等。", ["big5"]],
  ["모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다.", ["euc-kr"]],
];

test("a sentence is enough to tell an encoding", () => {
  for (const [text, encodings] of TEXTS) {
    for (const encoding of encodings) {
      const bytes = encodeText(`<p>${text}</p>`, encoding);
      const guess = guessEncoding(bytes);
      const read = new TextDecoder(guess).decode(bytes);
      assert.equal(read, `<p>${text}</p>`, `${encoding} was taken for ${guess}`);
    }
  }
});

test("a few accents are Western", () => {
  for (const text of ["café", "naïve", "Müller", "© 2026", "a – b", "l’été"]) {
    const bytes = encodeText(text, "windows-1252");
    assert.equal(new TextDecoder(guessEncoding(bytes)).decode(bytes), text);
  }
});

test("what the page says of its language tips the scales", () => {
  const guess = (language: string) =>
    guessEncoding(encodeText(`<html lang="${language}"><p>Çağ, þ`, "windows-1254"));
  assert.equal(guess("tr-TR"), "windows-1254");
  const hebrew = encodeText(`<html dir=rtl lang=he><p>כולם חוננו</p>`, "windows-1255");
  assert.equal(guessEncoding(hebrew), "windows-1255");
});

test("markup and scripts around a little text do not matter", () => {
  const noise = `<div class="x"><script>var a = "b";</script></div>`.repeat(2000);
  const bytes = encodeText(`${noise}<p>Съешь же ещё этих мягких булок</p>${noise}`, "koi8-r");
  assert.equal(new TextDecoder(guessEncoding(bytes)).decode(bytes).includes("Съешь же ещё"), true);
});

test("any bytes get some answer, in linear time", () => {
  const bytes = Uint8Array.from({ length: 1_000_000 }, (_, at) => (at * at * 31) % 256);
  assert.ok(new TextDecoder(guessEncoding(bytes)).decode(bytes).length > 0);
  assertLinear((size) => void guessEncoding(bytes.subarray(0, size)), { size: bytes.length });
});
