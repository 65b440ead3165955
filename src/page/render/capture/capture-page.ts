export interface CapturedPage {
  /** Null where it is longer than allowed. */
  readonly html: string | null;
  readonly url: string;
}

export interface CaptureLimits {
  readonly maxLength: number;
  /** A page may hold frames in frames without end. */
  readonly maxFrames: number;
}

/** A node of the page that is still to be copied, and where its copy goes. */
interface Step {
  readonly source: Node;
  readonly parent: Node;
  /** It stands in a frame, whose addresses are relative to the frame's own. */
  readonly isFramed: boolean;
}

/** The functions that {@link capturePage} calls: they are sent with it. */
export const CAPTURE_PARTS = [
  elementOf,
  stepsOf,
  contentOf,
  frameBodyOf,
  dropTypedValue,
  showLazyImage,
  resolveAddresses,
  copyElement,
] as const;

/**
 * Runs in the page: its DOM as HTML, with open shadow roots and frames of its own origin in place. The page itself
 * stays as it is. Without recursion: pages may be nested as deep as they like.
 */
export function capturePage({ maxLength, maxFrames }: CaptureLimits): CapturedPage {
  const copy = document.implementation.createHTMLDocument("");
  copy.documentElement.remove();
  const left: Step[] = [{ source: document.documentElement, parent: copy, isFramed: false }];
  let frames = 0;
  for (let step = left.pop(); step !== undefined; step = left.pop()) {
    const { source, parent, isFramed } = step;
    const element = elementOf(source);
    const frameBody = element === null || frames === maxFrames ? null : frameBodyOf(element);
    if (element === null) {
      parent.appendChild(copy.importNode(source, false));
    } else if (frameBody !== null) {
      frames += 1;
      const place = parent.appendChild(copy.createElement("div"));
      left.push(...stepsOf([...frameBody.childNodes], place, true));
    } else if (element.localName === "slot") {
      left.push(...stepsOf(contentOf(element), parent, isFramed));
    } else if (element.localName !== "noscript") {
      // What is for browsers without scripts is left out.
      const clone = parent.appendChild(copyElement(copy, element, isFramed));
      left.push(...stepsOf(contentOf(element), clone, isFramed));
    }
  }
  const html = `<!DOCTYPE html>\n${copy.documentElement.outerHTML}`;
  return { html: html.length > maxLength ? null : html, url: location.href };
}

/** Null for text and comments. Each frame has an `Element` of its own, so that `instanceof` needs its window. */
function elementOf(node: Node): Element | null {
  const view = node.ownerDocument?.defaultView ?? window;
  return node instanceof view.Element ? node : null;
}

/** The first is taken first: it has to lie on top. */
function stepsOf(sources: readonly Node[], parent: Node, isFramed: boolean): Step[] {
  return sources.map((source) => ({ source, parent, isFramed })).reverse();
}

/** What is shown in an element: of a host its shadow, of a slot what is slotted into it. */
function contentOf(element: Element): readonly Node[] {
  const view = element.ownerDocument.defaultView ?? window;
  if (element instanceof view.HTMLSlotElement) {
    const assigned = element.assignedNodes({ flatten: true });
    if (assigned.length > 0) return assigned;
  }
  // A template was copied with all that is in it.
  return [...(element.shadowRoot ?? element).childNodes];
}

/** Null for what is no frame, for another origin's, and for one that says nothing. */
function frameBodyOf(element: Element): Element | null {
  const view = element.ownerDocument.defaultView ?? window;
  const isFrame =
    element instanceof view.HTMLIFrameElement || element instanceof view.HTMLFrameElement;
  const body = isFrame ? (element.contentDocument?.body ?? null) : null;
  return body === null || body.textContent.trim() === "" ? null : body;
}

function copyElement(copy: Document, element: Element, isFramed: boolean): Element {
  const clone = copy.importNode(element, element.localName === "template");
  dropTypedValue(clone);
  showLazyImage(clone);
  if (isFramed) resolveAddresses(clone, element.baseURI);
  return clone;
}

/** What was typed, or a token: nothing that a page says. Buttons say what they do. */
function dropTypedValue(clone: Element): void {
  const isInput = clone instanceof HTMLInputElement;
  if (!isInput || /^(?:button|submit|reset|checkbox|radio)$/.test(clone.type)) return;
  clone.removeAttribute("value");
}

/** What a script would have shown had anybody scrolled there. */
function showLazyImage(clone: Element): void {
  if (!(clone instanceof HTMLImageElement)) return;
  const shown = clone.getAttribute("src") ?? "";
  if (shown !== "" && !shown.startsWith("data:")) return;
  const names = ["data-src", "data-original", "data-lazy-src", "data-lazy"];
  const hidden = names.map((name) => clone.getAttribute(name) ?? "").find((src) => src !== "");
  if (hidden !== undefined) clone.setAttribute("src", hidden);
}

function resolveAddresses(clone: Element, base: string): void {
  for (const name of ["href", "src"]) {
    const address = URL.parse(clone.getAttribute(name) ?? "", base);
    if (clone.hasAttribute(name) && address !== null) clone.setAttribute(name, address.href);
  }
}
