import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import {
  brotliCompressSync,
  createBrotliCompress,
  createDeflate,
  createGzip,
  createZstdCompress,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from "node:zlib";
import { encodeText } from "../encode-text.ts";
import { htmlPage, numberOf, type Route, send, type Visit } from "../route.ts";

const PAGE = htmlPage("Packed on the way");
const MIB = 1024 * 1024;

const PACKERS: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  identity: (bytes) => bytes,
  gzip: (bytes) => gzipSync(bytes),
  "x-gzip": (bytes) => gzipSync(bytes),
  deflate: (bytes) => deflateSync(bytes),
  br: (bytes) => brotliCompressSync(bytes),
  zstd: (bytes) => zstdCompressSync(bytes),
};

const BOMBS = {
  gzip: () => createGzip({ level: 9 }),
  deflate: () => createDeflate({ level: 9 }),
  br: () => createBrotliCompress(),
  zstd: () => createZstdCompress(),
} as const;

/** One sentence per legacy charset, in a script that the charset can write. */
const SENTENCES: Readonly<Record<string, string>> = {
  "windows-1252": "Der Müller aß “süße” Äpfel für 5 € im Café – naïve Idee, ça va…",
  "iso-8859-2": "Příliš žluťoučký kůň úpěl ďábelské ódy na břehu široké řeky.",
  "windows-1250": "Zażółć gęślą jaźń, powiedział młynarz nad rzeką o świcie.",
  "windows-1251": "Съешь же ещё этих мягких французских булок, да выпей чаю на набережной.",
  "koi8-r": "Съешь же ещё этих мягких французских булок, да выпей чаю на набережной.",
  "iso-8859-7": "Ο μυλωνάς άλεσε το σιτάρι πριν ξημερώσει στο λιμάνι της πόλης.",
  "windows-1254": "Değirmenci şafaktan önce buğdayı öğüttü, çocuklar iskelede oynadı.",
  "windows-1255": "הטוחן טחן את החיטה לפני הזריחה ליד הנמל הישן.",
  "windows-1256": "طحن الطحان القمح قبل الفجر قرب الميناء القديم.",
  shift_jis: "港は町より先に目を覚まし、魚は明け方のランプの下で選り分けられる。",
  "euc-jp": "港は町より先に目を覚まし、魚は明け方のランプの下で選り分けられる。",
  gb18030: "港口比城镇醒得更早，渔民在灯光下分拣着夜里捕到的鱼。",
  big5: "港口比城鎮醒得更早，漁民在燈光下分揀著夜裡捕到的魚。",
  "euc-kr": "항구는 마을보다 먼저 깨어나고 어부들은 등불 아래에서 물고기를 고른다.",
  "utf-8": "Grüße aus Łódź — 港 и гавань.",
  "utf-16le": "Grüße aus Łódź — 港 и гавань.",
  "utf-16be": "Grüße aus Łódź — 港 и гавань.",
};
const CHARSETS = Object.keys(SENTENCES);

export const ENCODINGS: readonly Route[] = [
  {
    path: "/encoding/:name",
    what: "A page packed like this, whatever the visitor accepts.",
    examples: Object.keys(PACKERS).map((name) => `/encoding/${name}`),
    answer: (visit) => {
      const name = visit.params["name"] ?? "";
      sendPacked(visit, PACKERS[name]?.(Buffer.from(PAGE)) ?? PAGE, name);
    },
  },
  {
    path: "/encoding-odd/deflate-raw",
    what: "deflate without the zlib header, as old servers send it.",
    answer: (visit) => sendPacked(visit, deflateRawSync(PAGE), "deflate"),
  },
  {
    path: "/encoding-odd/layers",
    what: "gzip in gzip, `count` (default 3) layers.",
    examples: ["/encoding-odd/layers?count=3", "/encoding-odd/layers?count=4"],
    answer: (visit) => {
      const count = numberOf(visit, "count", { otherwise: 3, max: 20 });
      let body: Uint8Array = Buffer.from(PAGE);
      for (let layer = 0; layer < count; layer++) body = gzipSync(body);
      sendPacked(visit, body, Array(count).fill("gzip").join(", "));
    },
  },
  {
    path: "/encoding-odd/unknown",
    what: "A Content-Encoding that nobody knows.",
    answer: (visit) => sendPacked(visit, PAGE, "quern"),
  },
  {
    path: "/encoding-odd/lie",
    what: "Says gzip, is not packed.",
    answer: (visit) => sendPacked(visit, PAGE, "gzip"),
  },
  {
    path: "/encoding-odd/cut",
    what: "gzip that ends in the middle.",
    answer: (visit) => sendPacked(visit, gzipSync(PAGE).subarray(0, 200), "gzip"),
  },
  {
    path: "/encoding-odd/damaged",
    what: "gzip with a flipped byte.",
    answer: (visit) => {
      const body = gzipSync(PAGE);
      body[100] = (body[100] ?? 0) ^ 0xff;
      sendPacked(visit, body, "gzip");
    },
  },
  {
    path: "/encoding-odd/trailing",
    what: "gzip followed by bytes that are not gzip.",
    answer: (visit) =>
      sendPacked(visit, Buffer.concat([gzipSync(PAGE), Buffer.from("junk")]), "gzip"),
  },
  {
    path: "/bomb/:name",
    what: "A few KiB that unpack to `mib` (default 64) MiB.",
    examples: Object.keys(BOMBS).map((name) => `/bomb/${name}`),
    answer: async (visit) => {
      const name = Object.keys(BOMBS).find((known) => known === visit.params["name"]);
      const pack = Object.entries(BOMBS).find(([known]) => known === name)?.[1];
      if (!name || !pack) return send(visit, htmlPage("No such bomb"), { status: 404 });
      const mib = numberOf(visit, "mib", { otherwise: 64, max: 1024 });
      const block = Buffer.alloc(MIB, "<p>boom ");
      visit.response.writeHead(200, { "content-type": "text/html", "content-encoding": name });
      await pipeline(Readable.from(repeat(block, mib)), pack(), visit.response);
    },
  },
  {
    path: "/charset/:place/:label",
    what: "A sentence in this charset, named in the header, in a meta tag, by a byte order mark, or nowhere.",
    examples: [
      ...CHARSETS.map((label) => `/charset/header/${label}`),
      ...CHARSETS.map((label) => `/charset/meta/${label}`),
      ...CHARSETS.map((label) => `/charset/nowhere/${label}`),
      ...["utf-8", "utf-16le", "utf-16be"].map((label) => `/charset/bom/${label}`),
    ],
    answer: sendInCharset,
  },
  {
    path: "/charset-odd/header-beats-meta",
    what: "UTF-8 in the header and in the bytes; the meta tag says windows-1251.",
    answer: (visit) => send(visit, charsetPage("Grüße, Łódź", '<meta charset="windows-1251">')),
  },
  {
    path: "/charset-odd/unknown",
    what: "A charset that nobody knows; the bytes are UTF-8.",
    answer: (visit) =>
      send(visit, charsetPage("Grüße, Łódź", ""), { type: "text/html; charset=quern" }),
  },
  {
    path: "/charset-odd/xml",
    what: "XHTML that names windows-1251 in its XML declaration alone.",
    answer: (visit) => {
      const text = `<?xml version="1.0" encoding="windows-1251"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>Гавань</title></head><body><p>${SENTENCES["windows-1251"]}</p></body></html>`;
      send(visit, encodeText(text, "windows-1251"), { type: "application/xhtml+xml" });
    },
  },
];

function sendPacked(visit: Visit, body: string | Uint8Array, encoding: string): void {
  send(visit, body, { headers: { "content-encoding": encoding } });
}

function* repeat(block: Buffer, count: number): Generator<Buffer> {
  for (let index = 0; index < count; index++) yield block;
}

function sendInCharset(visit: Visit): void {
  const { place, label = "" } = visit.params;
  const meta = place === "meta" ? `<meta charset="${label}">` : "";
  const mark = place === "bom" ? "\uFEFF" : "";
  const type = place === "header" ? `text/html; charset=${label}` : "text/html";
  const page = mark + charsetPage(SENTENCES[label] ?? "", meta);
  send(visit, encodeText(page, label in SENTENCES ? label : "utf-8"), { type });
}

function charsetPage(sentence: string, meta: string): string {
  return `<!doctype html><html><head>${meta}<title>${sentence.slice(0, 12)}</title></head><body><h1>${sentence.slice(0, 12)}</h1>
<p>${sentence}</p><p>${sentence}</p><p>${sentence}</p></body></html>`;
}
