interface FlagRow {
  readonly flags: readonly string[];
  readonly why: string;
}

/** What goes round a proxy, or out unasked, and what only costs. */
const FLAGS: readonly FlagRow[] = [
  { flags: ["--headless", "--mute-audio", "--hide-scrollbars"], why: "nobody looks or listens" },
  { flags: ["--no-first-run", "--no-default-browser-check"], why: "nobody answers questions" },
  {
    flags: ["--proxy-bypass-list=<-loopback>"],
    why: "else Chromium goes round every proxy to reach this machine itself",
  },
  {
    flags: ["--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"],
    why: "names are looked up by the gate alone: here nothing has an address but the proxy",
  },
  { flags: ["--disable-quic"], why: "QUIC is UDP, which goes through no proxy" },
  {
    flags: [
      "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
      "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    ],
    why: "WebRTC would send UDP to addresses that a page names",
  },
  {
    flags: [
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-domain-reliability",
      "--disable-sync",
      "--disable-client-side-phishing-detection",
      "--no-pings",
      "--metrics-recording-only",
      "--disable-breakpad",
      "--disable-crash-reporter",
    ],
    why: "the browser has nothing to tell to anybody",
  },
  {
    flags: ["--disable-extensions", "--disable-default-apps", "--disable-plugins"],
    why: "programs that are no page",
  },
  {
    flags: ["--password-store=basic", "--use-mock-keychain"],
    why: "the passwords of whoever runs the server are none of its business",
  },
  {
    flags: [
      "--disable-background-timer-throttling",
      "--disable-backgrounding-occluded-windows",
      "--disable-renderer-backgrounding",
      "--disable-ipc-flooding-protection",
      "--disable-hang-monitor",
    ],
    why: "every page is in front, and its time is limited by ourselves",
  },
  { flags: ["--disable-back-forward-cache"], why: "nobody goes back" },
  {
    flags: ["--disable-gpu", "--in-process-gpu", "--disable-software-rasterizer"],
    why: "nothing is painted that anybody sees: a process less, and no graphics in software",
  },
  {
    flags: ["--blink-settings=imagesEnabled=false", "--disable-remote-fonts"],
    why: "pictures and fonts say nothing; refused by the renderer itself they cost no message",
  },
  {
    flags: ["--disable-site-isolation-trials"],
    why: "frames of a page share its process: it has no secrets of other sites, and 200 frames are no 200 processes",
  },
  { flags: ["--disable-dev-shm-usage"], why: "containers have 64 MiB there" },
  { flags: ["--window-size=1280,1024", "--lang=en-US"], why: "what plain pages are asked with" },
  { flags: ["--disable-field-trial-config"], why: "the same browser everywhere" },
];

interface FeatureRow {
  readonly features: readonly string[];
  readonly why: string;
}

const DISABLED_FEATURES: readonly FeatureRow[] = [
  {
    features: [
      "WebUIOmniboxPopup",
      "WebUIOmniboxAimPopup",
      "WebUIOmniboxFullPopup",
      "InitialWebUI",
      "WebUIReloadButton",
      "Glic",
      "LensOverlay",
    ],
    why: "each window would bring pages of its own for its toolbar: three quarters of a page's cost",
  },
  {
    features: ["SpareRendererForSitePerProcess"],
    why: "a process in reserve for a second page of a context that has one",
  },
  { features: ["IsolateOrigins", "site-per-process"], why: "see --disable-site-isolation-trials" },
  {
    features: [
      "OptimizationHints",
      "NetworkTimeServiceQuerying",
      "AimEnabled",
      "PreconnectToSearch",
      "MediaRouter",
      "DialMediaRouteProvider",
      "Translate",
      "AutofillServerCommunication",
      "CertificateTransparencyComponentUpdater",
    ],
    why: "they speak to Google, or to the local network",
  },
  {
    features: ["HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable"],
    why: "what is asked is what was asked for",
  },
  { features: ["PaintHolding"], why: "it keeps the page before, which is empty" },
  {
    features: ["Prerender2", "SpeculationRulesPrefetchFuture"],
    why: "pages that nobody asked for",
  },
  { features: ["EncryptedClientHello", "UseDnsHttpsSvcb", "AsyncDns"], why: "look-ups of names" },
];

const ENABLED_FEATURES: readonly FeatureRow[] = [
  { features: ["SkipListAccountsWithoutGaiaCookies"], why: "nobody is logged in with Google" },
];

interface FlagFacts {
  readonly profileDir: string;
  readonly proxyServer: string;
  readonly userAgent: string;
  readonly isSandboxed: boolean;
}

export function browserFlags({
  profileDir,
  proxyServer,
  userAgent,
  isSandboxed,
}: FlagFacts): string[] {
  return [
    ...FLAGS.flatMap(({ flags }) => flags),
    `--disable-features=${DISABLED_FEATURES.flatMap(({ features }) => features).join(",")}`,
    `--enable-features=${ENABLED_FEATURES.flatMap(({ features }) => features).join(",")}`,
    `--user-data-dir=${profileDir}`,
    `--proxy-server=${proxyServer}`,
    `--user-agent=${userAgent}`,
    ...(isSandboxed ? [] : ["--no-sandbox"]),
    // Where a page could read or write it, a port would be open to every program of the machine.
    "--remote-debugging-pipe",
    "about:blank",
  ];
}

/** What no flag says, in the profile's `Default/Preferences`. */
export const PREFERENCES = {
  webrtc: {
    ip_handling_policy: "disable_non_proxied_udp",
    multiple_routes_enabled: false,
    nonproxied_udp_enabled: false,
  },
  // 2: never predict, which is prefetching, preconnecting and looking up names ahead.
  net: { network_prediction_options: 2 },
  dns_prefetching: { enabled: false },
  safebrowsing: { enabled: false },
  search: { suggest_enabled: false },
  translate: { enabled: false },
  signin: { allowed: false },
  download: { prompt_for_download: false, open_pdf_in_system_reader: false },
  plugins: { always_open_pdf_externally: true },
  // 2: refused without being asked.
  profile: {
    default_content_setting_values: {
      notifications: 2,
      geolocation: 2,
      media_stream_mic: 2,
      media_stream_camera: 2,
      popups: 2,
      sensors: 2,
      bluetooth_guard: 2,
      usb_guard: 2,
      serial_guard: 2,
      hid_guard: 2,
      midi_sysex: 2,
      local_fonts: 2,
      clipboard: 2,
      automatic_downloads: 2,
    },
  },
} as const;
