import { isTitled, mentions } from "../match-phrases.ts";
import type { PageView } from "../page-view.ts";
import { CHALLENGE_TEXTS, CHALLENGE_TITLES } from "../phrases/challenge-phrases.ts";
import type { Sign } from "../sign.ts";
import { MACHINERY_SIGNS } from "./challenge-machinery.ts";
import { isThin, SUBSTANCE_SIGNS, THINNESS_SIGNS } from "./substance-signs.ts";

/** Statuses that challenges come with: 202 and 405 are AWS WAF's for its challenge and its captcha. */
const CHALLENGE_STATUSES: ReadonlySet<number> = new Set([202, 401, 403, 405, 429, 503]);

/** Headers by which a guard itself says that this answer is its challenge. */
const ANNOUNCEMENTS: Readonly<Record<string, RegExp>> = {
  "cf-mitigated": /challenge/i,
  "x-vercel-mitigated": /challenge/i,
  "x-amzn-waf-action": /challenge|captcha/i,
  "sg-captcha": /challenge/i,
};

const GUARD_HEADERS: readonly string[] = [
  "x-datadome",
  "x-dd-b",
  "x-kpsdk-ct",
  "x-kpsdk-r",
  "x-px-blocked",
  "x-iinfo",
];

/** Widgets that a page may embed for any reason. */
const WIDGET_SCRIPT =
  /\/recaptcha\/(api|enterprise)\.js|recaptcha\.net\/|hcaptcha\.com\/|challenges\.cloudflare\.com\/turnstile|arkoselabs\.com|funcaptcha\.com|geetest|friendlycaptcha|friendly-challenge|smartcaptcha|turing\.captcha\.qcloud|captcha\.gtimg|mtcaptcha|altcha/i;
const WIDGET_MARKER =
  /^((g-re|h-|cf-|frc-|smart-?)captcha|cf-turnstile|captcha([-_]?\w+)?|geetest_\w+|.*[-_]captcha)$/;

/** Where challenges are sent to, if they have an address of their own. */
const CHALLENGE_ADDRESS =
  /captcha|challenge|\/sorry\/|\/blocked\b|\/punish\b|bot-?(check|detect|wall)|human-?(check|verif)|\/distil_/i;

export const CHALLENGE_SIGNS: readonly Sign[] = [
  ...MACHINERY_SIGNS,
  {
    name: "challenge-header",
    source: "header",
    weight: 8,
    why: "the guard says so itself, for programs to read",
    shows: ({ headers }) =>
      Object.entries(ANNOUNCEMENTS).some(([name, value]) => value.test(headers[name] ?? "")),
  },
  {
    name: "guard-header",
    source: "header",
    weight: 1,
    why: "a guard stands before the site; ordinary pages have the header too",
    shows: ({ headers }) => GUARD_HEADERS.some((name) => headers[name] !== undefined),
  },
  {
    name: "challenge-status",
    source: "status",
    weight: 3,
    why: "most guards refuse and challenge in one answer",
    shows: ({ status }) => CHALLENGE_STATUSES.has(status),
  },
  {
    name: "challenge-title",
    source: "title",
    weight: 3,
    why: "a title that says nothing but that one is checked",
    shows: (page) => isTitled([...page.titleParts, ...page.headingTexts], CHALLENGE_TITLES),
  },
  {
    name: "challenge-text",
    source: "text",
    weight: 3,
    why: "asks the visitor to prove to be human, in any language",
    shows: (page) =>
      mentions(page.text, CHALLENGE_TEXTS) || mentions(page.noscript, CHALLENGE_TEXTS),
  },
  {
    name: "challenge-address",
    source: "address",
    weight: 4,
    why: "the visitor was sent to the address of a check, or the form sends its answer there",
    shows: (page) => isSentToCheck(page) || page.signals.formActions.some(isCheckAddress),
  },
  {
    name: "captcha-widget",
    source: "markup",
    weight: 2,
    why: "a captcha is on the page; contact forms have them too",
    shows: hasWidget,
  },
  {
    name: "captcha-alone",
    source: "amount",
    weight: 2,
    why: "the captcha is all that there is to do here",
    shows: (page) =>
      hasWidget(page) &&
      isThin(page) &&
      page.signals.fieldCount <= 1 &&
      page.signals.linkCount <= 12,
  },
  ...THINNESS_SIGNS,
  ...SUBSTANCE_SIGNS,
  {
    name: "form-with-captcha",
    source: "amount",
    weight: -4,
    why: "a form of several fields is what the captcha protects",
    shows: (page) => hasWidget(page) && page.signals.fieldCount >= 3,
  },
];

function hasWidget({ signals }: PageView): boolean {
  return (
    [...signals.scriptUrls, ...signals.frameUrls].some((url) => WIDGET_SCRIPT.test(url)) ||
    signals.markers.some((marker) => WIDGET_MARKER.test(marker))
  );
}

function isSentToCheck({ asked, final }: PageView): boolean {
  if (asked === null || final === null || isCheckAddress(asked.pathname)) return false;
  return isCheckAddress(final.pathname);
}

function isCheckAddress(address: string): boolean {
  return CHALLENGE_ADDRESS.test(address);
}
