/** Ids of node kinds: see {@link Tree.tag}. */
export type TagId = number;

/**
 * Ids of the elements that the engine asks for by name. Fewer than 128: V8 makes a hash table of a larger object, and
 * then each look at a tag costs as much as one into a map.
 */
export const Tag = {
  DOCUMENT: 0,
  TEXT: 1,
  A: 2,
  ADDRESS: 3,
  ANNOTATION_XML: 4,
  AREA: 5,
  ARTICLE: 6,
  ASIDE: 7,
  AUDIO: 8,
  B: 9,
  BASE: 10,
  BLOCKQUOTE: 11,
  BODY: 12,
  BR: 13,
  BUTTON: 14,
  CANVAS: 15,
  CAPTION: 16,
  CITE: 17,
  CODE: 18,
  COL: 19,
  COLGROUP: 20,
  DD: 21,
  DEL: 22,
  DESC: 23,
  DETAILS: 24,
  DFN: 25,
  DIALOG: 26,
  DIR: 27,
  DIV: 28,
  DL: 29,
  DT: 30,
  EM: 31,
  EMBED: 32,
  FIGCAPTION: 33,
  FIGURE: 34,
  FOOTER: 35,
  FOREIGNOBJECT: 36,
  FORM: 37,
  FRAME: 38,
  FRAMESET: 39,
  H1: 40,
  H2: 41,
  H3: 42,
  H4: 43,
  H5: 44,
  H6: 45,
  HEAD: 46,
  HEADER: 47,
  HR: 48,
  HTML: 49,
  I: 50,
  IFRAME: 51,
  IMG: 52,
  INPUT: 53,
  KBD: 54,
  LABEL: 55,
  LI: 56,
  LINK: 57,
  LISTING: 58,
  MAIN: 59,
  MATH: 60,
  MENU: 61,
  META: 62,
  MI: 63,
  MN: 64,
  MO: 65,
  MS: 66,
  MTEXT: 67,
  NAV: 68,
  NOBR: 69,
  NOSCRIPT: 70,
  OBJECT: 71,
  OL: 72,
  OPTGROUP: 73,
  OPTION: 74,
  P: 75,
  PICTURE: 76,
  PLAINTEXT: 77,
  PRE: 78,
  Q: 79,
  RB: 80,
  RP: 81,
  RT: 82,
  RTC: 83,
  S: 84,
  SAMP: 85,
  SCRIPT: 86,
  SEARCH: 87,
  SECTION: 88,
  SELECT: 89,
  SOURCE: 90,
  SPAN: 91,
  STRIKE: 92,
  STRONG: 93,
  STYLE: 94,
  SUB: 95,
  SUMMARY: 96,
  SUP: 97,
  SVG: 98,
  TABLE: 99,
  TBODY: 100,
  TD: 101,
  TEMPLATE: 102,
  TEXTAREA: 103,
  TFOOT: 104,
  TH: 105,
  THEAD: 106,
  TIME: 107,
  TITLE: 108,
  TR: 109,
  TT: 110,
  UL: 111,
  VAR: 112,
  VIDEO: 113,
  XMP: 114,
} as const;

/** Elements that are only known by their traits: their ids follow those of {@link Tag}. */
const OTHER_ELEMENTS =
  "abbr acronym applet basefont bdi bdo bgsound big center data datalist fieldset font hgroup ins keygen legend map mark marquee meter noembed noframes output param progress ruby slot small track u wbr";

/** Elements of all other names are numbered from here on, name by name. */
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

const NAMES: readonly string[] = [
  ...Object.keys(Tag).map((key) => key.toLowerCase().replace("_", "-")),
  ...OTHER_ELEMENTS.split(" "),
];
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

/** {@link Trait} bits of an element; none for names that are numbered page by page. */
export function traitsOf(tag: TagId): number {
  return TRAITS[tag] ?? 0;
}

/** The id of a name in lower case; undefined where each page numbers it for itself. */
export function tagNamed(name: string): TagId | undefined {
  const id = IDS.get(name);
  return id === undefined || id <= Tag.TEXT ? undefined : id;
}

/** The name of an id below {@link FIRST_UNNAMED_TAG}; "" for ids that have none. */
export function nameOfTag(tag: TagId): string {
  return tag <= Tag.TEXT ? "" : (NAMES[tag] ?? "");
}
