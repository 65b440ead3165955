import { NameTable } from "../../tree/name-table.ts";
import { Tag } from "../../tree/tag.ts";
import type { Tree } from "../../tree/tree.ts";

/** What an element's name, role, class and id say about it, as bits. */
export const Hint = {
  NAVIGATION: 1,
  HEADER: 2,
  FOOTER: 4,
  ASIDE: 8,
  COMMENTS: 16,
  RELATED: 32,
  SHARE: 64,
  PROMOTION: 128,
  ADVERTISEMENT: 256,
  CONSENT: 512,
  OVERLAY: 1024,
  BREADCRUMB: 2048,
  FORM: 4096,
  CONTENT: 8192,
  ARTICLE: 16384,
  MAIN: 32768,
  CONTROL: 65536,
  BYLINE: 131072,
  TAGS: 262144,
  PAGER: 524288,
  UNSEEN: 1048576,
  TOC: 2097152,
  POST: 4194304,
  ACCOUNT: 8388608,
  PRODUCT: 16777216,
} as const;

interface WordRule {
  readonly hint: number;
  /** Words of class names and ids; two that follow each other are joined by "-". */
  readonly words: string;
  readonly why: string;
}

/** One row for each kind of place that pages name alike. */
const WORD_RULES: readonly WordRule[] = [
  {
    hint: Hint.NAVIGATION,
    words:
      "nav navi navbar navigation topnav subnav sidenav mainnav menu menus submenu megamenu mega-menu mainmenu dropdown skip-link skip-links skiplink hamburger sitemap site-map quicklinks menubar",
    why: "menus repeat on every page of a site",
  },
  {
    hint: Hint.BREADCRUMB,
    words: "breadcrumb breadcrumbs crumb crumbs",
    why: "a path, not content",
  },
  {
    hint: Hint.HEADER,
    words: "header masthead topbar top-bar site-header page-header siteheader banner globalheader",
    why: "logo and menus on top of a page; a heading too, inside of an article",
  },
  {
    hint: Hint.FOOTER,
    words: "footer foot colophon copyright bottom-bar site-footer pagefooter footers legal",
    why: "imprint and links at the end of every page",
  },
  {
    hint: Hint.ASIDE,
    words:
      "sidebar sidebars side-bar aside rail right-rail left-rail rightcol leftcol right-col left-col right-column left-column secondary widget widgets widget-area sidecol",
    why: "what stands beside the content",
  },
  {
    hint: Hint.COMMENTS,
    words:
      "comment comments commentlist comment-list disqus respond discussion livefyre fb-comments comentarios kommentare commentaires",
    why: "readers' words below an article; the content itself in a forum",
  },
  {
    hint: Hint.RELATED,
    words:
      "related recommended recommendations recommendation recommend similar also-like you-may may-like suggested suggestions trending popular most-read mostread most-popular recent latest-posts latest-news recent-posts upsell upsells cross-sell crosssell crosssells read-more readmore read-next next-up see-also more-from more-stories more-news further-reading outbrain taboola onward teasers",
    why: "leads to other pages",
  },
  {
    hint: Hint.SHARE,
    words:
      "share sharing shares sharebar sharethis social socials social-links social-media socialmedia addthis addtoany follow-us followus sharedaddy jp-relatedposts bookmark bookmarks",
    why: "buttons of social networks",
  },
  {
    hint: Hint.PROMOTION,
    words:
      "promo promos promotion newsletter newsletters subscribe subscription signup sign-up cta call-to optin opt-in mailchimp mc4wp donate donation paywall upgrade campaign",
    why: "asks the reader for something",
  },
  {
    hint: Hint.ADVERTISEMENT,
    words:
      "ad ads adv advert adverts advertisement advertising adslot ad-slot adsbygoogle ad-container sponsor sponsored sponsors dfp gpt google-ad banner-ad native-ad werbung anzeige reklama publicidad",
    why: "advertising",
  },
  {
    hint: Hint.CONSENT,
    words:
      "cookie cookies consent gdpr onetrust cookiebar cookie-banner cookie-notice cookiebanner cmp didomi cky ccpa",
    why: "asks for consent",
  },
  {
    hint: Hint.OVERLAY,
    words:
      "modal modals popup popups pop-up overlay lightbox drawer offcanvas off-canvas toast tooltip flyout popover snackbar interstitial",
    why: "lies above the page until it is closed",
  },
  {
    hint: Hint.FORM,
    words:
      "searchform search-form searchbox search-box search-bar searchbar search filters filter facets facet sort-by sortby sorting refine refinements toolbar filterbar",
    why: "finds or filters, and says nothing",
  },
  {
    hint: Hint.CONTENT,
    words:
      "content contents body text rte prose wysiwyg richtext rich-text markdown markdown-body entry-content post-content post-body article-body article-content article-text articlebody story-body story-content page-content main-content maincontent body-content content-body bodytext",
    why: "where editors put their text",
  },
  {
    hint: Hint.ARTICLE,
    words:
      "article story post entry hentry blog-post blogpost news-article post-article single-post",
    why: "one piece of writing",
  },
  { hint: Hint.MAIN, words: "main primary main-content maincontent", why: "the middle of a page" },
  {
    hint: Hint.CONTROL,
    words:
      "btn button buttons btns print-button icon-button add-to addtocart wishlist actions toolbar controls control",
    why: "does something when pressed",
  },
  {
    hint: Hint.BYLINE,
    words:
      "byline author authors author-box authorbox author-bio author-info about-author bio post-meta postmeta entry-meta article-meta dateline timestamp published posted-on",
    why: "who wrote it and when",
  },
  {
    hint: Hint.TAGS,
    words:
      "tag tags tagcloud tag-cloud tag-list taglist categories category-list cat-links tags-links keywords topics",
    why: "subjects as links",
  },
  {
    hint: Hint.PAGER,
    words:
      "pagination pager paging paginator page-numbers prev-next next-prev nav-links post-navigation load-more loadmore pagenavi",
    why: "leads to the next page",
  },
  {
    hint: Hint.UNSEEN,
    words:
      "hidden hide sr-only visually-hidden visuallyhidden screen-reader screenreader invisible d-none is-hidden offscreen noprint no-print assistive-text element-invisible",
    why: "not shown, or to screen readers only",
  },
  {
    hint: Hint.TOC,
    words: "toc table-of tableofcontents on-this page-toc article-toc jump-links outline",
    why: "repeats the headings as links",
  },
  {
    hint: Hint.POST,
    words:
      "message messages reply replies thread topic postbody post-body post-text posttext answer answers question postcontent",
    why: "what somebody wrote in a forum",
  },
  {
    hint: Hint.ACCOUNT,
    words:
      "login log-in signin sign-in account register registration logout user-menu usermenu minicart mini-cart cart basket",
    why: "the visitor's own affairs",
  },
  {
    hint: Hint.PRODUCT,
    words:
      "product product-info product-details product-detail pdp product-description product-main productinfo",
    why: "what is sold here",
  },
];

const ROLE_HINTS: ReadonlyMap<string, number> = new Map([
  ["navigation", Hint.NAVIGATION],
  ["menu", Hint.NAVIGATION],
  ["menubar", Hint.NAVIGATION],
  ["banner", Hint.HEADER],
  ["contentinfo", Hint.FOOTER],
  ["complementary", Hint.ASIDE],
  ["main", Hint.MAIN],
  ["article", Hint.ARTICLE],
  ["search", Hint.FORM],
  ["dialog", Hint.OVERLAY],
  ["alertdialog", Hint.OVERLAY],
  ["button", Hint.CONTROL],
  ["toolbar", Hint.CONTROL],
]);

const TAG_HINTS: ReadonlyMap<number, number> = new Map([
  [Tag.NAV, Hint.NAVIGATION],
  [Tag.HEADER, Hint.HEADER],
  [Tag.FOOTER, Hint.FOOTER],
  [Tag.ASIDE, Hint.ASIDE],
  [Tag.MAIN, Hint.MAIN],
  [Tag.ARTICLE, Hint.ARTICLE],
  [Tag.DIALOG, Hint.OVERLAY],
  [Tag.BUTTON, Hint.CONTROL],
  [Tag.SEARCH, Hint.FORM],
]);

/** The single words of all rules, and what each of them, or each pair of them, hints at. */
const WORDS: readonly string[] = [
  ...new Set(WORD_RULES.flatMap(({ words }) => words.split(/[ -]/))),
];
const WORD_TABLE = new NameTable(WORDS);
const HINTS_OF_WORD = new Uint32Array(WORDS.length);
const HINTS_OF_PAIR: ReadonlyMap<number, number> = indexRules();

function indexRules(): ReadonlyMap<number, number> {
  const pairs = new Map<number, number>();
  for (const { hint, words } of WORD_RULES) {
    for (const word of words.split(" ")) {
      const [first = 0, second] = word.split("-").map((part) => WORDS.indexOf(part));
      if (second === undefined) HINTS_OF_WORD[first] = (HINTS_OF_WORD[first] ?? 0) | hint;
      else pairs.set(pairOf(first, second), (pairs.get(pairOf(first, second)) ?? 0) | hint);
    }
  }
  return pairs;
}

function pairOf(first: number, second: number): number {
  return first * WORDS.length + second;
}

/** The {@link Hint} bits of every element of a page. */
export function readHints(tree: Tree): Uint32Array {
  const hints = new Uint32Array(tree.size);
  const classes = tree.classes();
  const hintsOfClass = classes.values.map(hintsOfNames);
  for (let node = 1; node < tree.size; node++) {
    if (tree.tag[node] === Tag.TEXT) continue;
    hints[node] = hintsOfElement(tree, node, hintsOfClass[classes.of[node] ?? 0] ?? 0);
  }
  return hints;
}

function hintsOfElement(tree: Tree, node: number, hintsOfClass: number): number {
  const tag = tree.tag[node] ?? 0;
  let bits = TAG_HINTS.get(tag) ?? 0;
  // What body is called says what the page is, or how it is laid out.
  if (tag !== Tag.BODY && tag !== Tag.HTML) {
    bits |= hintsOfClass | hintsOfNames(tree.attribute(node, "id") ?? "");
  }
  const role = tree.attribute(node, "role");
  return role === null ? bits : bits | (ROLE_HINTS.get(role) ?? 0);
}

/** Of a class attribute; style sheets of small classes write thousands of characters. */
const MAX_NAMES_LENGTH = 400;

/** Reads names word by word: words end where letters do, and where a capital follows a small letter. */
function hintsOfNames(names: string): number {
  const end = Math.min(names.length, MAX_NAMES_LENGTH);
  let bits = 0;
  let before = -1;
  for (let at = 0; at < end; at++) {
    const code = names.charCodeAt(at);
    if (!isLetter(code)) {
      if (isSpace(code)) before = -1;
      continue;
    }
    const start = at;
    while (at + 1 < end && continuesWord(names, at)) at += 1;
    const word = WORD_TABLE.idAt(names, start, at + 1);
    if (word >= 0) {
      bits |= HINTS_OF_WORD[word] ?? 0;
      if (before >= 0) bits |= HINTS_OF_PAIR.get(pairOf(before, word)) ?? 0;
    }
    before = word;
  }
  return bits;
}

function continuesWord(names: string, at: number): boolean {
  const next = names.charCodeAt(at + 1);
  return isLetter(next) && !(isCapital(next) && !isCapital(names.charCodeAt(at)));
}

const isCapital = (code: number): boolean => code >= 65 && code <= 90;
const isLetter = (code: number): boolean => isCapital(code) || (code >= 97 && code <= 122);
const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);
