export interface CapturedPage {
  /** Null where it is longer than allowed. */
  readonly html: string | null;
  readonly url: string;
  readonly frames: number;
}

export interface CaptureLimits {
  readonly maxLength: number;
  /** A page may hold frames in frames without end. */
  readonly maxFrames: number;
}

/**
 * Runs in the page: its DOM as HTML, with open shadow roots and frames of its own origin in place. The page itself
 * stays as it is. Self-contained, and without recursion: pages may be nested as deep as they like.
 */
export function capturePage({ maxLength, maxFrames }: CaptureLimits): CapturedPage {
  interface Step {
    readonly source: Node;
    readonly parent: Node;
    readonly isFramed: boolean;
  }
  const copy = document.implementation.createHTMLDocument("");
  copy.documentElement.remove();
  const left: Step[] = [{ source: document.documentElement, parent: copy, isFramed: false }];
  let frames = 0;

  /** What stands in an element's place and is copied as its children. */
  function contentOf(element: Element): readonly Node[] {
    if (element.localName === "slot" && element instanceof HTMLSlotElement) {
      const assigned = element.assignedNodes({ flatten: true });
      return assigned.length > 0 ? assigned : [...element.childNodes];
    }
    if (element.shadowRoot !== null) return [...element.shadowRoot.childNodes];
    // The content of a template is no content of the page.
    return [...element.childNodes];
  }

  function frameBody(element: Element): Element | null {
    if (!(element instanceof HTMLIFrameElement) && !(element instanceof HTMLFrameElement))
      return null;
    if (frames >= maxFrames) return null;
    const body = element.contentDocument?.body ?? null;
    // Null also where the frame is another origin's.
    return body === null || body.textContent.trim() === "" ? null : body;
  }

  function tidy(element: Element, original: Element, isFramed: boolean): void {
    if (
      element instanceof HTMLInputElement &&
      !/^(?:button|submit|reset|checkbox|radio)$/i.test(element.type)
    ) {
      // What was typed, or a token: nothing that a page says.
      element.removeAttribute("value");
    }
    if (original instanceof HTMLImageElement) {
      const shown = element.getAttribute("src") ?? "";
      const lazy = ["data-src", "data-original", "data-lazy-src", "data-lazy"]
        .map((name) => element.getAttribute(name))
        .find((value) => value !== null && value !== "");
      if ((shown === "" || shown.startsWith("data:")) && typeof lazy === "string")
        element.setAttribute("src", lazy);
    }
    if (!isFramed) return;
    // Its addresses are relative to the frame's own.
    for (const name of ["href", "src"]) {
      const value = element.getAttribute(name);
      const absolute = value === null ? null : URL.parse(value, original.baseURI);
      if (absolute !== null) element.setAttribute(name, absolute.href);
    }
  }

  function push(nodes: readonly Node[], parent: Node, isFramed: boolean): void {
    for (const source of [...nodes].reverse()) left.push({ source, parent, isFramed });
  }

  for (let step = left.pop(); step !== undefined; step = left.pop()) {
    const { source, parent, isFramed } = step;
    if (!(source instanceof Element) && source.nodeType !== Node.ELEMENT_NODE) {
      if (source.nodeType !== Node.DOCUMENT_TYPE_NODE)
        parent.appendChild(copy.importNode(source, false));
      continue;
    }
    const element = source as Element;
    // For browsers without scripts.
    if (element.localName === "noscript") continue;
    if (element.localName === "slot") {
      push(contentOf(element), parent, isFramed);
      continue;
    }
    const body = frameBody(element);
    if (body !== null) {
      frames += 1;
      const place = copy.createElement("div");
      parent.appendChild(place);
      push([...body.childNodes], place, true);
      continue;
    }
    const isTemplate = element.localName === "template";
    const clone = copy.importNode(element, isTemplate);
    tidy(clone, element, isFramed);
    parent.appendChild(clone);
    if (!isTemplate) push(contentOf(element), clone, isFramed);
  }
  const html = `<!DOCTYPE html>\n${copy.documentElement.outerHTML}`;
  return { html: html.length > maxLength ? null : html, url: location.href, frames };
}
