export interface OverlayRule {
  readonly selector: string;
  readonly why: string;
}

/** Walls before a page, by the names that their makers give them. They are taken away, never agreed to. */
export const OVERLAY_RULES: readonly OverlayRule[] = [
  { selector: "#onetrust-consent-sdk, #onetrust-banner-sdk", why: "OneTrust" },
  { selector: "#CybotCookiebotDialog, #CybotCookiebotDialogBodyUnderlay", why: "Cookiebot" },
  { selector: ".qc-cmp2-container, #qc-cmp2-container", why: "Quantcast" },
  { selector: "#didomi-host", why: "Didomi" },
  { selector: ".fc-consent-root", why: "Google Funding Choices" },
  { selector: "#usercentrics-root, #usercentrics-cmp-ui", why: "Usercentrics" },
  { selector: "[id^=sp_message_container]", why: "Sourcepoint" },
  { selector: "#truste-consent-track, .truste_overlay, .truste_box_overlay", why: "TrustArc" },
  { selector: ".cky-consent-container, .cky-overlay", why: "CookieYes" },
  { selector: "#cookie-law-info-bar, .cli-modal", why: "GDPR Cookie Consent" },
  { selector: ".osano-cm-window", why: "Osano" },
  { selector: "#iubenda-cs-banner", why: "iubenda" },
  { selector: ".klaro .cookie-notice, .klaro .cookie-modal", why: "Klaro" },
  { selector: "#cookiescript_injected, #cookiescript_injected_wrapper", why: "CookieScript" },
  { selector: "#hs-eu-cookie-confirmation", why: "HubSpot" },
  { selector: ".cmplz-cookiebanner, #cmplz-cookiebanner-container", why: "Complianz" },
  { selector: "#BorlabsCookieBox, #BorlabsCookieBoxWrap", why: "Borlabs" },
  { selector: ".cc-window, .cc-banner", why: "Cookie Consent" },
  { selector: "#cmpbox, #cmpbox2", why: "consentmanager" },
  { selector: "#axeptio_overlay", why: "Axeptio" },
  { selector: "#tarteaucitronRoot", why: "tarteaucitron" },
  { selector: "#termly-code-snippet-support", why: "Termly" },
  { selector: "#ccc[role=region], #ccc-overlay", why: "Civic" },
];
