import type { PageView } from "../page-view.ts";
import type { Sign } from "../sign.ts";

type Place = "script" | "inline" | "frame" | "marker" | "form" | "refresh";

interface Machine {
  /** Who makes it. */
  readonly maker: string;
  readonly place: Place;
  readonly pattern: RegExp;
  readonly why: string;
}

/**
 * The works of a challenge: scripts, frames and ids that their makers send with the challenge and not with the
 * pages that they guard. (What they add to every guarded page, such as a sensor script, proves nothing.)
 */
const MACHINES: readonly Machine[] = [
  {
    maker: "cloudflare",
    place: "inline",
    pattern: /_cf_chl_opt/,
    why: "settings of the challenge page",
  },
  {
    maker: "cloudflare",
    place: "script",
    pattern: /\/cdn-cgi\/challenge-platform\/.*orchestrate\//,
    why: "runs the challenge; the sensor of ordinary pages is scripts/jsd",
  },
  {
    maker: "cloudflare",
    place: "marker",
    pattern:
      /^(challenge-error-text|cf-challenge-running|challenge-running|cf-please-wait|cf-browser-verification|cf_captcha_kind)$/,
    why: "parts of the challenge page, old and new",
  },
  {
    maker: "cloudflare",
    place: "form",
    pattern: /__cf_chl_|\/cdn-cgi\/l\/chk_/,
    why: "where the answer is sent",
  },
  {
    maker: "akamai",
    place: "script",
    pattern: /\/_sec\/cp_challenge\//,
    why: "runs the challenge of the bot manager",
  },
  {
    maker: "akamai",
    place: "marker",
    pattern: /^(sec-if-cpt-container|sec-cpt-if|sec-bc-tile-container|sec-text-if)$/,
    why: "the container that the challenge fills",
  },
  {
    maker: "akamai",
    place: "refresh",
    pattern: /bm-verify=/,
    why: "the interstitial reloads with its token",
  },
  {
    maker: "akamai",
    place: "inline",
    pattern: /_sec\/verify\?provider=interstitial|"bm-verify"/,
    why: "the interstitial sends its token",
  },
  {
    maker: "datadome",
    place: "inline",
    pattern: /\bdd\s*=\s*\{[^}]*captcha-delivery\.com|\bdd\s*=\s*\{\s*'rt'/,
    why: "settings of the challenge",
  },
  {
    maker: "datadome",
    place: "script",
    pattern: /\bct\.captcha-delivery\.com\//,
    why: "runs the challenge; the sensor comes from another host",
  },
  {
    maker: "datadome",
    place: "frame",
    pattern: /\bcaptcha-delivery\.com\//,
    why: "the challenge itself",
  },
  {
    maker: "human",
    place: "marker",
    pattern: /^px-captcha(-wrapper|-container)?$/,
    why: "the place of the press-and-hold button",
  },
  {
    maker: "human",
    place: "script",
    pattern: /captcha\.px-cdn\.net|captcha\.px-cloud\.net|\/captcha\/captcha\.js\?.*[?&]a=c/,
    why: "draws the press-and-hold button",
  },
  {
    maker: "human",
    place: "inline",
    pattern: /_px(BlockedUrl|BlockingType|Uuid\s*=\s*['"][\w-]{20,}[\s\S]*_pxVid)/,
    why: "facts of the block that the challenge needs",
  },
  {
    maker: "imperva",
    place: "frame",
    pattern: /\/_Incapsula_Resource\?.*(incident_id|CWUDNSAI|edet=)/i,
    why: "the challenge in a frame that fills the page",
  },
  {
    maker: "imperva",
    place: "inline",
    pattern: /onProtectionInitialized|reeseSkipExpirationCheck|interstitial-?session/,
    why: "waits for the check and reloads",
  },
  {
    maker: "aws-waf",
    place: "inline",
    pattern: /\bgokuProps\b/,
    why: "settings of the challenge and the captcha",
  },
  {
    maker: "aws-waf",
    place: "script",
    pattern: /\.captcha\.awswaf\.com\/|\.captcha-sdk\.awswaf\.com\/.*\/captcha\.js/,
    why: "runs the captcha; token.awswaf.com alone guards ordinary pages",
  },
  {
    maker: "sucuri",
    place: "inline",
    pattern: /sucuri_cloudproxy_js/,
    why: "computes the cookie that opens the page",
  },
  {
    maker: "ddos-guard",
    place: "script",
    pattern: /\/\.well-known\/ddos-guard\/(js-challenge|ddg-captcha-page)\//,
    why: "runs the check",
  },
  {
    maker: "ddos-guard",
    place: "marker",
    pattern: /^(ddg-captcha|ddg-l10n-\w+)$/,
    why: "texts of the check",
  },
  {
    maker: "kasada",
    place: "inline",
    pattern: /KPSDK\s*=\s*\{|KPSDK\.scriptStart/,
    why: "starts the check; ordinary pages load it as a file",
  },
  {
    maker: "kasada",
    place: "script",
    pattern: /\/149e9513-01fa-4fb0-aad4-566afd725d1b\/.*\/ips\.js/,
    why: "the script of the check page",
  },
  {
    maker: "f5",
    place: "inline",
    pattern: /window\["bobcmn"\]|window\["loaderConfig"\]\s*=\s*"\/TSPD/,
    why: "starts the proactive bot defence",
  },
  {
    maker: "f5",
    place: "script",
    pattern: /\/TSPD\/[\w-]+\?type=\d+/,
    why: "runs the proactive bot defence",
  },
  {
    maker: "anubis",
    place: "script",
    pattern: /\/\.within\.website\/x\/cmd\/anubis\//,
    why: "computes the proof of work",
  },
  {
    maker: "anubis",
    place: "marker",
    pattern: /^anubis_(challenge|version|base_prefix)$/,
    why: "the task of the proof of work",
  },
  {
    maker: "go-away",
    place: "script",
    pattern: /\/\.well-known\/\.git\.gammaspectra\.live\//,
    why: "runs the check",
  },
  {
    maker: "vercel",
    place: "script",
    pattern: /\/\.well-known\/vercel\/security\//,
    why: "runs the checkpoint",
  },
  {
    maker: "siteground",
    place: "refresh",
    pattern: /\/\.well-known\/(sg)?captcha\//,
    why: "leads to the captcha",
  },
  {
    maker: "reblaze",
    place: "inline",
    pattern: /\brbzns\s*=|rbzns\.bereshit/,
    why: "starts the check",
  },
  {
    maker: "radware",
    place: "form",
    pattern: /validate\.perfdrive\.com/,
    why: "where the answer is sent",
  },
  {
    maker: "aliyun",
    place: "inline",
    pattern: /acw_sc__v[23]|\barg1\s*=\s*'[0-9A-F]{40}'/,
    why: "computes the cookie that opens the page",
  },
  {
    maker: "aliyun",
    place: "inline",
    pattern: /_____tmd_____|AWSC\.use\(\s*['"]nc['"]/,
    why: "the sliding puzzle of a refused request",
  },
  {
    maker: "tencent",
    place: "inline",
    pattern: /__tst_status|EO_Bot_Ssid/,
    why: "computes the cookie that opens the page",
  },
  {
    maker: "safeline",
    place: "marker",
    pattern: /^(slg-box|slg-bg|slg-title|safeline_bot_challenge)$/,
    why: "parts of the check page",
  },
  { maker: "qrator", place: "script", pattern: /\/__qrator\//, why: "runs the check" },
  {
    maker: "haproxy-protection",
    place: "script",
    pattern: /\/\.basedflare\//,
    why: "computes the proof of work",
  },
  {
    maker: "yandex",
    place: "form",
    pattern: /\/(check|show)captcha(fast)?\b/,
    why: "where the answer is sent",
  },
  {
    maker: "google",
    place: "marker",
    pattern: /^captcha-form$/,
    why: "the form of the page about unusual traffic",
  },
  {
    maker: "amazon",
    place: "form",
    pattern: /\/errors\/validatecaptcha/i,
    why: "where the answer is sent",
  },
  {
    maker: "arkose",
    place: "frame",
    pattern: /iframe\.(arkoselabs|funcaptcha)\.com\//,
    why: "a puzzle that is already opened: embedded ones wait for a click",
  },
];

/** One sign per row: alone not enough, with too little text beside it enough. */
export const MACHINERY_SIGNS: readonly Sign[] = MACHINES.map(({ maker, place, pattern, why }) => ({
  name: `${maker}-challenge-${place}`,
  source: place === "script" || place === "inline" ? "script" : "markup",
  weight: 7,
  why,
  shows: (page) => READERS[place](page).some((value) => pattern.test(value)),
}));

const READERS: Readonly<Record<Place, (page: PageView) => readonly string[]>> = {
  script: ({ signals }) => signals.scriptUrls,
  inline: ({ signals }) => signals.inlineScripts,
  frame: ({ signals }) => signals.frameUrls,
  marker: ({ signals }) => signals.markers,
  form: ({ signals }) => signals.formActions,
  refresh: ({ signals }) => (signals.metaRefresh === null ? [] : [signals.metaRefresh]),
};
