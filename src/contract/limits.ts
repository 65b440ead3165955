/** Milliseconds of a page's `timeout`. */
export const MIN_TIMEOUT_MS = 1000;
export const MAX_TIMEOUT_MS = 300_000;
export const DEFAULT_TIMEOUT_MS = { plain: 30_000, rendered: 60_000 } as const;

/** Characters of all selectors of a request. */
export const MAX_SELECTORS_LENGTH = 8 * 1024;

export const MAX_TARGET_HEADERS = 50;
export const MAX_TARGET_HEADER_BYTES = 16 * 1024;

/** What one page costs, and what an open job reserves. */
export const TOKENS_OF_A_PAGE = 1;
