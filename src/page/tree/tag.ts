/** Ids of node kinds: see {@link Tree.tag}. Elements that the engine asks for by name have an id of their own. */
export type TagId = number;

/** Ids of nodes. Elements of other names get ids from {@link FIRST_UNNAMED_TAG} on, each name its own. */
export const Tag = {
  DOCUMENT: 0,
  TEXT: 1,
  A: 2,
  ABBR: 3,
  ACRONYM: 4,
  ADDRESS: 5,
  ANNOTATION_XML: 6,
  APPLET: 7,
  AREA: 8,
  ARTICLE: 9,
  ASIDE: 10,
  AUDIO: 11,
  B: 12,
  BASE: 13,
  BASEFONT: 14,
  BDI: 15,
  BDO: 16,
  BGSOUND: 17,
  BIG: 18,
  BLOCKQUOTE: 19,
  BODY: 20,
  BR: 21,
  BUTTON: 22,
  CANVAS: 23,
  CAPTION: 24,
  CENTER: 25,
  CITE: 26,
  CODE: 27,
  COL: 28,
  COLGROUP: 29,
  DATA: 30,
  DATALIST: 31,
  DD: 32,
  DEL: 33,
  DESC: 34,
  DETAILS: 35,
  DFN: 36,
  DIALOG: 37,
  DIR: 38,
  DIV: 39,
  DL: 40,
  DT: 41,
  EM: 42,
  EMBED: 43,
  FIELDSET: 44,
  FIGCAPTION: 45,
  FIGURE: 46,
  FONT: 47,
  FOOTER: 48,
  FOREIGNOBJECT: 49,
  FORM: 50,
  FRAME: 51,
  FRAMESET: 52,
  H1: 53,
  H2: 54,
  H3: 55,
  H4: 56,
  H5: 57,
  H6: 58,
  HEAD: 59,
  HEADER: 60,
  HGROUP: 61,
  HR: 62,
  HTML: 63,
  I: 64,
  IFRAME: 65,
  IMG: 66,
  INPUT: 67,
  INS: 68,
  KBD: 69,
  KEYGEN: 70,
  LABEL: 71,
  LEGEND: 72,
  LI: 73,
  LINK: 74,
  LISTING: 75,
  MAIN: 76,
  MAP: 77,
  MARK: 78,
  MARQUEE: 79,
  MATH: 80,
  MENU: 81,
  META: 82,
  METER: 83,
  MI: 84,
  MN: 85,
  MO: 86,
  MS: 87,
  MTEXT: 88,
  NAV: 89,
  NOBR: 90,
  NOEMBED: 91,
  NOFRAMES: 92,
  NOSCRIPT: 93,
  OBJECT: 94,
  OL: 95,
  OPTGROUP: 96,
  OPTION: 97,
  OUTPUT: 98,
  P: 99,
  PARAM: 100,
  PICTURE: 101,
  PLAINTEXT: 102,
  PRE: 103,
  PROGRESS: 104,
  Q: 105,
  RB: 106,
  RP: 107,
  RT: 108,
  RTC: 109,
  RUBY: 110,
  S: 111,
  SAMP: 112,
  SCRIPT: 113,
  SEARCH: 114,
  SECTION: 115,
  SELECT: 116,
  SLOT: 117,
  SMALL: 118,
  SOURCE: 119,
  SPAN: 120,
  STRIKE: 121,
  STRONG: 122,
  STYLE: 123,
  SUB: 124,
  SUMMARY: 125,
  SUP: 126,
  SVG: 127,
  TABLE: 128,
  TBODY: 129,
  TD: 130,
  TEMPLATE: 131,
  TEXTAREA: 132,
  TFOOT: 133,
  TH: 134,
  THEAD: 135,
  TIME: 136,
  TITLE: 137,
  TR: 138,
  TRACK: 139,
  TT: 140,
  U: 141,
  UL: 142,
  VAR: 143,
  VIDEO: 144,
  WBR: 145,
  XMP: 146,
} as const;

/** Elements whose names have no id in {@link Tag} are numbered from here on, name by name. */
export const FIRST_UNNAMED_TAG = 160;

/** Kinds of elements, as bits of {@link traitsOf}. */
export const Trait = {
  /** Has no content and no end tag. */
  VOID: 1,
  /** Stands on lines of its own: a border of runs of text. */
  BLOCK: 2,
  /** "Special" in the HTML standard: end tags of inline elements don't reach across it. */
  SPECIAL: 4,
  /** Marks up text: its end tag may come out of order. */
  FORMATTING: 8,
  /** Its start tag ends an open paragraph. */
  CLOSES_P: 16,
  /** Its content is text as written, without entities. */
  RAW_TEXT: 32,
  /** End tags don't reach across it. */
  SCOPE: 64,
  /** Belongs into head, where it comes before body. */
  HEAD: 128,
  /** Ends where its parent ends, and may be left without an end tag. */
  IMPLIED_END: 256,
  HEADING: 512,
  /** Ends an `svg` or `math` that it stands in. */
  BREAKOUT: 1024,
  /** Never shows text of its own: code, settings, form fields. */
  SILENT: 2048,
  /** Part of a table, and ignored outside of one. */
  TABLE_PART: 4096,
} as const;

const TRAIT_NAMES: readonly (readonly [trait: number, names: string])[] = [
  [
    Trait.VOID,
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr",
  ],
  [
    Trait.BLOCK,
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li listing main marquee menu nav noframes ol optgroup option p plaintext pre search section select summary table tbody td textarea tfoot th thead title tr ul xmp",
  ],
  [
    Trait.SPECIAL,
    "address applet area article aside base basefont bgsound blockquote body br button caption center col colgroup dd details dir div dl dt embed fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe img input keygen li link listing main marquee menu meta nav noembed noframes noscript object ol p param plaintext pre script search section select source style summary table tbody td template textarea tfoot th thead title tr track ul wbr xmp foreignobject desc",
  ],
  [Trait.FORMATTING, "a b big code em font i nobr s small strike strong tt u"],
  [
    Trait.CLOSES_P,
    "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr listing main menu nav ol p plaintext pre search section summary table ul xmp li dd dt",
  ],
  [Trait.RAW_TEXT, "script style xmp iframe noembed noframes plaintext"],
  [
    Trait.SCOPE,
    "applet caption html table td th marquee object template mi mo mn ms mtext annotation-xml foreignobject desc",
  ],
  [Trait.HEAD, "base basefont bgsound link meta noframes noscript script style template title"],
  [Trait.IMPLIED_END, "dd dt li optgroup option p rb rp rt rtc"],
  [Trait.HEADING, "h1 h2 h3 h4 h5 h6"],
  [
    Trait.BREAKOUT,
    "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul var",
  ],
  [
    Trait.SILENT,
    "script style template head title select datalist textarea iframe noembed noframes object applet audio video canvas svg progress meter",
  ],
  [Trait.TABLE_PART, "caption col colgroup tbody td tfoot th thead tr"],
];

const NAMES: readonly string[] = Object.keys(Tag).map((key) => key.toLowerCase().replace("_", "-"));
const IDS: ReadonlyMap<string, TagId> = new Map(NAMES.map((name, id) => [name, id]));
const TRAITS: Uint16Array = countTraits();

function countTraits(): Uint16Array {
  const traits = new Uint16Array(FIRST_UNNAMED_TAG);
  for (const [trait, names] of TRAIT_NAMES) {
    for (const name of names.split(" ")) {
      const id = IDS.get(name) ?? 0;
      traits[id] = (traits[id] ?? 0) | trait;
    }
  }
  return traits;
}

/** {@link Trait} bits of an element; none for names that have no id in {@link Tag}. */
export function traitsOf(tag: TagId): number {
  return TRAITS[tag] ?? 0;
}

/** The id of a name in lower case; undefined where {@link Tag} has none. */
export function tagNamed(name: string): TagId | undefined {
  const id = IDS.get(name);
  return id === undefined || id <= Tag.TEXT ? undefined : id;
}

/** The name of an id in {@link Tag}; "" for ids that have none. */
export function nameOfTag(tag: TagId): string {
  return tag <= Tag.TEXT ? "" : (NAMES[tag] ?? "");
}
