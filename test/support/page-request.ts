import type { PageRequest } from "../../src/contract/page.ts";

/** A page as a request for Markdown that names nothing else asks for it. */
export const PAGE_REQUEST: PageRequest = {
  url: "https://example.com/",
  formats: ["markdown"],
  render: "never",
  proxy: null,
  headers: {},
  wait: null,
  extractLinks: false,
  timeoutMs: 30_000,
  onlyMainContent: true,
  includeSelectors: [],
  excludeSelectors: [],
  explain: false,
};
