import type { Route } from "./route.ts";
import { BROKEN_ANSWERS } from "./routes/broken-answers.ts";
import { ENCODINGS } from "./routes/encodings.ts";
import { HEAVY_PAGES } from "./routes/heavy-pages.ts";
import { MEDIA_TYPES } from "./routes/media-types.ts";
import { ODD_PAGES } from "./routes/odd-pages.ts";
import { OUTCOMES } from "./routes/outcomes.ts";
import { PLAIN_PAGES } from "./routes/plain-pages.ts";
import { REDIRECTS } from "./routes/redirects.ts";
import { RENDERED_PAGES } from "./routes/rendered-pages.ts";
import { SLOW_ANSWERS } from "./routes/slow-answers.ts";
import { STATUSES } from "./routes/statuses.ts";

/** Every route of the site by the group that the index shows it in. */
export const ROUTES: Readonly<Record<string, readonly Route[]>> = {
  "Plain pages": PLAIN_PAGES,
  "Encodings and charsets": ENCODINGS,
  "Media types": MEDIA_TYPES,
  "Redirects and cookies": REDIRECTS,
  "Statuses and second tries": STATUSES,
  "Slow answers": SLOW_ANSWERS,
  "Broken answers": BROKEN_ANSWERS,
  "Heavy pages": HEAVY_PAGES,
  "Odd pages": ODD_PAGES,
  "Pages for a browser": RENDERED_PAGES,
  "Challenges, blocks, logins, shells, and pages that look like one": OUTCOMES,
};
