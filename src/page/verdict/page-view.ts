import type { PageEvidence } from "./evidence.ts";
import { foldText } from "./fold-text.ts";

/** The evidence as the rules read it: folded once, so that each rule stays one line. */
export interface PageView extends PageEvidence {
  /** Visible text; "" where the page says so much that a single phrase in it means nothing. */
  readonly text: string;
  readonly noscript: string;
  /** The parts of the title between its separators: page and site name, in any order. */
  readonly titleParts: readonly string[];
  readonly headingTexts: readonly string[];
  readonly asked: URL | null;
  readonly final: URL | null;
}

export function viewPage(evidence: PageEvidence): PageView {
  const { signals } = evidence;
  const isTelling = signals.visibleTextLength <= MOST_TELLING_TEXT;
  return {
    ...evidence,
    text: isTelling ? foldText(signals.visibleText) : "",
    noscript: foldText(signals.noscriptText),
    titleParts: splitTitle(signals.title),
    headingTexts: signals.headings.slice(0, MOST_HEADINGS).map(foldText).map(trimMarks),
    asked: URL.parse(evidence.url),
    final: URL.parse(evidence.finalUrl),
  };
}

/** Characters. Block pages with their advice stay below; what is longer has something of its own to say. */
const MOST_TELLING_TEXT = 4000;
const MOST_HEADINGS = 4;
/** Characters. A longer title is no title, and may be long on purpose. */
const MOST_TITLE = 300;
const TITLE_SEPARATOR = /\s*[|–—·•»«:：]\s*|\s+-+\s+/;

function splitTitle(title: string): readonly string[] {
  const text = foldText(title.slice(0, MOST_TITLE));
  return text.split(TITLE_SEPARATOR).map(trimMarks).filter(Boolean);
}

function trimMarks(text: string): string {
  return text.replace(/^[\s.…!?¡¿。！？]+|[\s.…!?。！？]+$/g, "");
}
