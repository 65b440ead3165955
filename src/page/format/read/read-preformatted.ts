import { Tag } from "../../tree/tag.ts";
import { codeLanguage } from "./code-language.ts";
import { codeText } from "./code-text.ts";
import type { ElementReader } from "./reading.ts";
import { trimCodeEnd } from "./trim-code-end.ts";

/** Code, its white space untouched; in a line or a cell as inline code, line by line. */
export const readPreformatted: ElementReader = ({ tree, selection }, node, flow) => {
  const written = trimCodeEnd(codeText(selection, node));
  // Elsewhere white space in front is that of the page's source.
  const text = tree.tag[node] === Tag.CODE ? written.trimStart() : written;
  flow.border();
  if (text === "") return;
  if (flow.kind === "blocks") {
    flow.block({ kind: "code", language: codeLanguage(tree, node), text });
    return;
  }
  for (const line of text.split("\n")) {
    if (line.trim() !== "") flow.atom({ kind: "code", text: line });
    flow.border();
  }
};
