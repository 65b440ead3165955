import { Tokenizer } from "htmlparser2";
import { IGNORED_TOKENS } from "./ignored-tokens.ts";

/** Decodes character references: in text, and in the value of an attribute, where the rules are stricter. */
export interface EntityDecoder {
  decodeText(raw: string): string;
  decodeAttribute(raw: string): string;
}

/** One for a page: it holds a tokenizer that is used again and again. */
export function createEntityDecoder(): EntityDecoder {
  let source = "";
  let decoded = "";
  const copy = (start: number, end: number): void => {
    decoded += source.slice(start, end);
  };
  const add = (codePoint: number): void => {
    decoded += String.fromCodePoint(codePoint);
  };
  const tokenizer = new Tokenizer(
    { decodeEntities: true },
    {
      ...IGNORED_TOKENS,
      ontext: copy,
      ontextentity: add,
      onattribdata: copy,
      onattribentity: add,
    },
  );

  const decode = (text: string): string => {
    source = text;
    decoded = "";
    tokenizer.reset();
    tokenizer.write(text);
    tokenizer.end();
    return decoded;
  };

  return {
    // A title is the one place where text has entities but no tags.
    decodeText: (raw) => (mayHaveEntities(raw) ? decode(`<title>${raw}`) : raw),
    decodeAttribute: (raw) =>
      mayHaveEntities(raw) ? decode(`<a b="${raw.replaceAll('"', "&quot;")}">`) : raw,
  };
}

/** Asked of every text and attribute: V8 compiles `indexOf` into the caller, and leaves it for `includes`. */
function mayHaveEntities(raw: string): boolean {
  return raw.indexOf("&") >= 0;
}
