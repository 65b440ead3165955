interface BlockedRow {
  readonly urls: readonly string[];
  readonly why: string;
}

const BLOCKED: readonly BlockedRow[] = [
  {
    urls: ["*/favicon.ico"],
    why: "asked for by the browser itself, for a toolbar that nobody sees",
  },
  {
    urls: [
      "*.mp4",
      "*.webm",
      "*.m3u8",
      "*.mpd",
      "*.mp3",
      "*.m4a",
      "*.ogg",
      "*.wav",
      "*.flac",
    ].flatMap((ending) => [ending, `${ending}?*`]),
    why: "sound and film say nothing",
  },
  {
    urls: [
      "*://*.google-analytics.com/*",
      "*://*.googletagmanager.com/*",
      "*://*.doubleclick.net/*",
      "*://*.googlesyndication.com/*",
      "*://*.googleadservices.com/*",
      "*://*.adservice.google.com/*",
      "*://connect.facebook.net/*",
      "*://*.facebook.com/tr*",
      "*://*.hotjar.com/*",
      "*://*.clarity.ms/*",
      "*://bat.bing.com/*",
      "*://*.scorecardresearch.com/*",
      "*://*.quantserve.com/*",
      "*://*.criteo.com/*",
      "*://*.criteo.net/*",
      "*://*.taboola.com/*",
      "*://*.outbrain.com/*",
      "*://*.adnxs.com/*",
      "*://*.amazon-adsystem.com/*",
      "*://*.segment.io/*",
      "*://cdn.segment.com/*",
      "*://*.mixpanel.com/*",
      "*://*.amplitude.com/*",
      "*://*.fullstory.com/*",
      "*://*.chartbeat.com/*",
      "*://*.chartbeat.net/*",
      "*://*.newrelic.com/*",
      "*://*.nr-data.net/*",
      "*://mc.yandex.ru/*",
      "*://*.matomo.cloud/*",
      "*://plausible.io/*",
      "*://analytics.tiktok.com/*",
      "*://snap.licdn.com/*",
      "*://px.ads.linkedin.com/*",
      "*://static.ads-twitter.com/*",
      "*://*.pubmatic.com/*",
      "*://*.rubiconproject.com/*",
      "*://*.moatads.com/*",
    ],
    why: "they count visitors or sell their eyes: no page's text depends on them",
  },
];

/** As `Network.setBlockedURLs` takes them: the browser itself refuses, nothing is asked of us. */
export const BLOCKED_URLS: readonly string[] = BLOCKED.flatMap(({ urls }) => urls);
