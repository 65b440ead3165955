import type { Format } from "../contract/format.ts";
import type { PageRequest } from "../contract/page.ts";
import { collectSignals } from "./extract/signals.ts";
import type { ExtractedPage } from "./extract-page.ts";
import { type OtherType, readOtherType } from "./format/read-other-type.ts";
import { parseHtml } from "./tree/parse-html.ts";

/** A page that is no HTML, as {@link ExtractedPage}: the whole of it is content. */
export function extractOtherType(
  source: string,
  type: OtherType,
  options: Pick<PageRequest, "url" | "formats" | "extractLinks" | "explain">,
): ExtractedPage {
  const content = readOtherType(source, type, options.url);
  const tree = parseHtml(content.contentHtml);
  const keep = new Uint8Array(tree.size).fill(1);
  const wants = (format: Format) => options.formats.includes(format);
  return {
    data: {
      markdown: wants("markdown") ? content.markdown : null,
      text: wants("text") ? content.text : null,
      contentHtml: wants("content_html") ? content.contentHtml : null,
      links: options.extractLinks ? content.links : null,
    },
    page: content.page,
    signals: collectSignals(tree, () => ({ tree, keep, root: 0, baseUrl: options.url })),
    trace: options.explain ? [] : null,
  };
}
