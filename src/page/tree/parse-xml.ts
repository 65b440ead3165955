import { Parser } from "htmlparser2";

/** An element of an XML document. Names keep their prefix and their case. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlElement | string)[];
}

interface OpenElement extends XmlElement {
  readonly children: (XmlElement | string)[];
}

const MAX_DEPTH = 256;
const MAX_NODES = 200_000;

/**
 * Parses any text as XML, also where it is not well formed. Entities that a document declares itself are not
 * expanded. Elements deeper than a limit become siblings, and what follows after too many nodes is left out.
 * The root is an element without a name, around what the document has at top level.
 */
export function parseXml(xml: string): XmlElement {
  const root: OpenElement = { name: "", attributes: {}, children: [] };
  const open: OpenElement[] = [root];
  let nodes = 0;
  const top = (): OpenElement => open[Math.min(open.length, MAX_DEPTH) - 1] ?? root;
  const add = (child: OpenElement | string): void => {
    if (++nodes <= MAX_NODES) top().children.push(child);
  };
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const element: OpenElement = { name, attributes, children: [] };
        add(element);
        open.push(element);
      },
      onclosetag() {
        if (open.length > 1) open.pop();
      },
      ontext: (text) => add(text),
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(xml.toWellFormed());
  return root;
}
