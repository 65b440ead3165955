import type { OverlayRule } from "./overlay-rules.ts";

export interface OverlayFacts {
  readonly rules: readonly OverlayRule[];
  /** Of consent, in lower case. */
  readonly consentWords: readonly string[];
}

/** Of the languages that most walls are written in. */
export const CONSENT_WORDS: readonly string[] = [
  ...["cookie", "consent", "gdpr", "privacy choices", "your privacy"],
  ...["datenschutz", "einwilligung", "zustimm", "consentement", "confidentialité"],
  ...["consentimiento", "privacidad", "consenso", "toestemming", "samtycke", "zgod"],
];

/**
 * Runs in the page: takes away what lies over it, and says why. Besides those that rules name, fixed boxes that speak
 * of consent and have a button, and modal dialogs; never where hardly anything would be left.
 */
export function removeOverlays({ rules, consentWords }: OverlayFacts): string[] {
  const removed: string[] = [];
  const { body } = document;
  if (body === null) return removed;
  const remove = (element: Element, why: string): void => {
    const rest = body.textContent.length - element.textContent.length;
    if (!body.contains(element) || element === body || rest < 200) return;
    element.remove();
    removed.push(`removed an overlay: ${why}`);
  };
  for (const { selector, why } of rules) {
    for (const element of document.querySelectorAll(selector)) remove(element, why);
  }
  const shallow = ":scope > *, :scope > * > *, :scope > * > * > *";
  const boxes = [...body.querySelectorAll(`${shallow}, dialog, [role=dialog], [aria-modal=true]`)];
  for (const box of boxes.slice(0, 2000)) {
    const { position, display } = getComputedStyle(box);
    if (!["fixed", "sticky"].includes(position) || display === "none") continue;
    const text = box.textContent.toLowerCase();
    if (text.length > 6000 || box.querySelector("button, [role=button], a[href]") === null)
      continue;
    if (box.matches("dialog, [role=dialog], [aria-modal=true]")) remove(box, "a modal dialog");
    else if (position === "fixed" && consentWords.some((word) => text.includes(word))) {
      remove(box, "a fixed box that speaks of consent");
    }
  }
  return removed;
}
