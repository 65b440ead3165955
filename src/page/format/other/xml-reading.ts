import type { XmlElement } from "../../tree/parse-xml.ts";

/** The name without its prefix, in lower case. */
export function localName(element: XmlElement): string {
  return element.name.slice(element.name.indexOf(":") + 1).toLowerCase();
}

export function elementsOf(element: XmlElement): readonly XmlElement[] {
  return element.children.filter((child) => typeof child !== "string");
}

/** The children that have one of these local names, in the order of the names. */
export function childrenNamed(
  element: XmlElement,
  ...names: readonly string[]
): readonly XmlElement[] {
  const children = elementsOf(element);
  return names.flatMap((name) => children.filter((child) => localName(child) === name));
}

/** All text inside, as it is written. */
export function xmlText(element: XmlElement): string {
  return element.children
    .map((child) => (typeof child === "string" ? child : xmlText(child)))
    .join("");
}

/** The text of the first child that has one of these names and is not empty. */
export function textNamed(element: XmlElement, ...names: readonly string[]): string {
  for (const child of childrenNamed(element, ...names)) {
    const text = xmlText(child).replace(/\s+/g, " ").trim();
    if (text !== "") return text;
  }
  return "";
}
