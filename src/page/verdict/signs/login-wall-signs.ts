import { isTitled, mentions } from "../match-phrases.ts";
import type { PageView } from "../page-view.ts";
import { LOGIN_NEEDED, LOGIN_TITLES } from "../phrases/login-phrases.ts";
import type { Sign } from "../sign.ts";
import { isThin, SUBSTANCE_SIGNS } from "./substance-signs.ts";

/** Paths of login pages: whole words, so that /blog/login-design-tips is one and /catalogins is none. */
const LOGIN_PATH =
  /(^|[/._-])(log-?in|log-?on|sign-?in|sso|oauth2?|saml2?|cas|authorize|authenticate|authentication|session(s)?\/new|users?\/sign_in|wp-login\.php|account\/begin|checkpoint|auth-?wall|anmelden|anmeldung|einloggen|connexion|iniciar-?sesion|acceder|accedi|entrar|inloggen|logowanie|zaloguj|giris|vhod|auth)([/._-]|$)/i;
const LOGIN_HOST =
  /^(login|logon|signin|accounts?|auth|sso|id|idp|identity|passport|secure-login)\./i;
/** Parameters that remember where the visitor wanted to go. */
const RETURN_PARAMETER =
  /^(return(_?(to|url|uri|path))?|returnurl|next|redirect(_?(to|url|uri))?|continue|dest(ination)?|url|from|service|target|goto|back|backurl|relaystate|ru|referer|came_from|rurl|callback(url)?|forward|original_?url|session_?redirect)$/i;
const LOGIN_MARKER =
  /^(.*[-_])?(log-?in|sign-?in|signin|logon)([-_]?(form|page|box|wrapper|container|panel|card|screen|modal|wall))?$/;

export const LOGIN_WALL_SIGNS: readonly Sign[] = [
  {
    name: "password-field",
    source: "markup",
    weight: 3,
    why: "a password is asked for; headers of ordinary pages do that too",
    shows: ({ signals }) => signals.passwordFieldCount === 1 || signals.passwordFieldCount === 2,
  },
  {
    name: "password-alone",
    source: "amount",
    weight: 2,
    why: "nothing can be filled in but a password: it opens what is kept back",
    shows: ({ signals }) => signals.passwordFieldCount === 1 && signals.fieldCount === 1,
  },
  {
    name: "sent-to-login",
    source: "address",
    weight: 4,
    why: "asked for a page, sent to the address of a login",
    shows: (page) => !isLoginAddress(page.asked) && isLoginAddress(page.final),
  },
  {
    name: "return-address",
    source: "address",
    weight: 3,
    why: "the address remembers the page that was asked for",
    shows: remembersAskedPage,
  },
  {
    name: "login-title",
    source: "title",
    weight: 2,
    why: "the title says nothing but login",
    shows: (page) => isTitled(page.titleParts, LOGIN_TITLES),
  },
  {
    name: "login-heading",
    source: "text",
    weight: 2,
    why: "the heading says nothing but login",
    shows: (page) => isTitled(page.headingTexts, LOGIN_TITLES),
  },
  {
    name: "login-needed",
    source: "text",
    weight: 3,
    why: "says that the page itself needs a login, in any language",
    shows: (page) => mentions(page.text, LOGIN_NEEDED),
  },
  {
    name: "login-form",
    source: "markup",
    weight: 1,
    why: "the form is named or sent as a login",
    shows: ({ signals }) =>
      signals.formActions.some((action) => LOGIN_PATH.test(action)) ||
      signals.markers.some((marker) => LOGIN_MARKER.test(marker)),
  },
  {
    name: "login-status",
    source: "status",
    weight: 3,
    why: "the status of a missing login or right",
    shows: ({ status }) => status === 401 || status === 403,
  },
  {
    name: "nothing-else",
    source: "amount",
    weight: 2,
    why: "beside the login there is little to read",
    shows: (page) => isThin(page) && page.signals.proseBlockCount <= 2,
  },
  {
    name: "login-asked-for",
    source: "address",
    weight: -10,
    why: "who asks for the login page gets it",
    shows: ({ asked, final }) => isLoginAddress(asked) && (final === null || isLoginAddress(final)),
  },
  ...SUBSTANCE_SIGNS,
  {
    name: "teaser",
    source: "amount",
    weight: -4,
    why: "a page that shows its beginning is a page, also behind a pay wall",
    shows: ({ signals }) => signals.proseBlockCount >= 2 && signals.contentTextLength > 600,
  },
];

function isLoginAddress(url: URL | null): boolean {
  return url !== null && (LOGIN_PATH.test(url.pathname) || LOGIN_HOST.test(url.hostname));
}

function remembersAskedPage({ asked, final }: PageView): boolean {
  if (asked === null || final === null || asked.href === final.href) return false;
  return [...final.searchParams].some(
    ([name, value]) =>
      RETURN_PARAMETER.test(name) && (value.includes(asked.pathname) || value.includes(asked.host)),
  );
}
