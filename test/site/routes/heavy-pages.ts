import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { numberOf, PROSE, type Route, type Visit } from "../route.ts";

interface Attack {
  readonly name: string;
  readonly what: string;
  /** How often the unit stands in the page unless `count` says otherwise. */
  readonly count: number;
  readonly before?: string;
  readonly unit: string | ((index: number) => string);
  readonly after?: string;
}

/** Pages that are one thing, many times. Each is aimed at what some parser or converter does badly. */
const ATTACKS: readonly Attack[] = [
  { name: "huge", what: "25 MiB of plain prose", count: 50_000, unit: PROSE },
  {
    name: "deep",
    what: "elements nested 200,000 deep",
    count: 200_000,
    unit: "<div>",
    after: PROSE,
  },
  {
    name: "deep-closed",
    what: "nested 100,000 deep and closed again",
    count: 200_000,
    unit: (index) => (index < 100_000 ? "<div>" : "</div>"),
  },
  { name: "elements", what: "a million elements", count: 1_000_000, unit: "<i>x</i>" },
  {
    name: "attribute",
    what: "one attribute of 10 MiB",
    count: 10,
    before: '<p title="',
    unit: "x".repeat(1024 * 1024),
    after: `">${PROSE}`,
  },
  {
    name: "attributes",
    what: "one element with 100,000 attributes",
    count: 100_000,
    before: "<p ",
    unit: (index) => `a${index}=x `,
    after: `>${PROSE}`,
  },
  {
    name: "text",
    what: "one paragraph of 10 MiB without a space",
    count: 10,
    before: "<p>",
    unit: "x".repeat(1024 * 1024),
  },
  {
    name: "references",
    what: "a million character references",
    count: 1_000_000,
    before: "<p>",
    unit: "&amp;&lt;&notit;",
  },
  {
    name: "links",
    what: "100,000 links",
    count: 100_000,
    unit: (index) => `<p><a href="/page/${index}">Page ${index}</a></p>`,
  },
  {
    name: "misnested",
    what: "formatting tags that cross each other",
    count: 50_000,
    unit: "<b><i><p></b></i>x",
  },
  {
    name: "open-formatting",
    what: "formatting tags that stay open over block after block",
    count: 20_000,
    unit: "<b><font><a href=x><p>x",
  },
  {
    name: "open-tables",
    what: "tables in tables, never closed",
    count: 20_000,
    unit: "<table><tr><td>x",
  },
  {
    name: "foster",
    what: "text where a table allows none",
    count: 100_000,
    before: "<table>",
    unit: "x<tr>",
  },
  { name: "comments", what: "comments that never end", count: 200_000, unit: "<!--" },
  {
    name: "tag-starts",
    what: "a million characters < that start nothing",
    count: 1_000_000,
    unit: "<",
  },
  {
    name: "end-tags",
    what: "half a million end tags without a start",
    count: 500_000,
    unit: "</p></x>",
  },
  {
    name: "quotes",
    what: "quotes nested 10,000 deep: each line of Markdown would repeat them",
    count: 10_000,
    unit: "<blockquote>x",
  },
  {
    name: "lists",
    what: "lists nested 10,000 deep: each line of Markdown would be indented by them",
    count: 10_000,
    unit: "<ul><li>x",
  },
  {
    name: "spans",
    what: "table cells that span thousands of rows and columns",
    count: 1000,
    before: "<table>",
    unit: '<tr><td colspan="1000" rowspan="65534">x',
  },
  {
    name: "rows",
    what: "a table of 100,000 rows",
    count: 100_000,
    before: "<table>",
    unit: (index) => `<tr><td>${index}<td>x<td>y`,
  },
  {
    name: "spaces",
    what: "long runs of white space between letters",
    count: 2000,
    before: "<p>",
    unit: `x${" \n\t".repeat(2000)}`,
  },
  { name: "brackets", what: "a million brackets", count: 1_000_000, before: "<p>", unit: "[" },
  {
    name: "stars",
    what: "a million stars and underscores",
    count: 500_000,
    before: "<p>",
    unit: "*_",
  },
  {
    name: "backticks",
    what: "code with a run of a million backticks",
    count: 1_000_000,
    before: "<p><code>",
    unit: "`",
  },
  {
    name: "scripts",
    what: "100,000 empty scripts",
    count: 100_000,
    unit: "<script></script>",
    after: PROSE,
  },
  {
    name: "meta",
    what: "100,000 meta tags",
    count: 100_000,
    unit: (index) => `<meta property="og:title" content="${index}">`,
    after: PROSE,
  },
  {
    name: "json-ld",
    what: "JSON-LD nested 100,000 deep",
    count: 100_000,
    before: '<script type="application/ld+json">',
    unit: '{"@graph":[',
    after: `</script>${PROSE}`,
  },
  {
    name: "options",
    what: "200,000 options",
    count: 200_000,
    before: "<select>",
    unit: "<option>x",
  },
  { name: "templates", what: "templates nested 50,000 deep", count: 50_000, unit: "<template>x" },
  {
    name: "svg",
    what: "svg and foreignObject in turn, 20,000 deep",
    count: 20_000,
    unit: "<svg><foreignObject><p>x",
  },
  {
    name: "classes",
    what: "one element with 500,000 classes",
    count: 500_000,
    before: '<p class="',
    unit: (index) => `c${index} `,
    after: `">${PROSE}`,
  },
];

export const HEAVY_PAGES: readonly Route[] = [
  ...ATTACKS.map((attack) => ({
    path: `/heavy/${attack.name}`,
    what: `${attack.what}. \`count\`: ${attack.count} times.`,
    answer: (visit: Visit) => sendAttack(visit, attack),
  })),
];

async function sendAttack(visit: Visit, attack: Attack): Promise<void> {
  const count = numberOf(visit, "count", { otherwise: attack.count, max: 5_000_000 });
  visit.response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
  await pipeline(Readable.from(blocks(attack, count)), visit.response);
}

function* blocks(attack: Attack, count: number): Generator<string> {
  const { unit } = attack;
  yield `<!doctype html><html><head><title>${attack.name}</title></head><body><h1>${attack.name}</h1>${attack.before ?? ""}`;
  let block = "";
  for (let index = 0; index < count; index++) {
    block += typeof unit === "string" ? unit : unit(index);
    if (block.length < BLOCK_LENGTH) continue;
    yield block;
    block = "";
  }
  yield block + (attack.after ?? "");
}

const BLOCK_LENGTH = 64 * 1024;
