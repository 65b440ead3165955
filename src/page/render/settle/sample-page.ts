/** What the document looks like at one moment. */
export interface PageSample {
  readonly isParsed: boolean;
  /** With all that it loads by itself, frames too. */
  readonly isLoaded: boolean;
  readonly textLength: number;
  readonly elements: number;
  /** Something says that more is to come. */
  readonly isBusy: boolean;
  readonly hasScripts: boolean;
}

/** Runs in the page. */
export function samplePage(busySelector: string): PageSample {
  const { body } = document;
  const busy = [...document.querySelectorAll(busySelector)].slice(0, 50);
  return {
    isParsed: document.readyState !== "loading",
    isLoaded: document.readyState === "complete",
    // Not innerText: that would make the browser lay the page out each time.
    textLength: [...(body?.children ?? [])]
      .filter(({ localName }) => !["script", "style", "noscript", "template"].includes(localName))
      .reduce((sum, { textContent }) => sum + textContent.length, 0),
    elements: document.getElementsByTagName("*").length,
    isBusy: busy.some((element) => element.getClientRects().length > 0),
    hasScripts: document.scripts.length > 0,
  };
}

/** Elements that stand for content to come. */
export const BUSY_SELECTOR = [
  "[aria-busy=true]",
  "[role=progressbar]",
  "[class~=loading]",
  "[class~=loader]",
  "[class~=spinner]",
  "[class*=skeleton i]",
].join(",");
