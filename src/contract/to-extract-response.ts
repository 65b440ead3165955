import type { ExtractOrder } from "./extract-request.ts";
import type { ExtractData, ExtractMetadata, ExtractResponse } from "./extract-response.ts";
import { isExtraFormat, isVendorFormat } from "./format.ts";
import type { PageMetadata, PageRequest, PageResult, PageTransfer } from "./page.ts";
import { maskHeaders } from "./target-headers.ts";

/** A page as it goes over the wire. Absent values are null; keys that only some requests get are left out. */
export function toExtractResponse(order: ExtractOrder, result: PageResult): ExtractResponse {
  return {
    data: toData(order.page, result),
    metadata: toMetadata(order, result),
    tokens_charged: TOKENS_OF_A_PAGE,
  };
}

const TOKENS_OF_A_PAGE = 1;

function toData({ formats }: PageRequest, { data }: PageResult): ExtractData {
  return {
    markdown: data.markdown,
    html: data.html,
    links: data.links && [...data.links],
    ...(formats.includes("text") && { text: data.text }),
    ...(formats.includes("content_html") && { content_html: data.contentHtml }),
  };
}

function toMetadata({ page, asked, processingMode }: ExtractOrder, result: PageResult) {
  const extraFormats = page.formats.filter(isExtraFormat);
  const metadata: ExtractMetadata = {
    url: page.url,
    render_js: result.rendered,
    http_status: result.transfer.httpStatus,
    duration_ms: Math.round(result.durationMs),
    retry_count: result.retryCount,
    formats: page.formats.filter(isVendorFormat),
    ...(extraFormats.length > 0 && { extra_formats: extraFormats }),
    processing_mode: processingMode,
    ...(asked.proxy !== null && { proxy: asked.proxy }),
    ...(asked.headers !== null && { headers: maskHeaders(asked.headers) }),
    ...(asked.wait_config !== null && { wait_config: asked.wait_config }),
    response: toTransfer(result.transfer),
    page: toPage(result.page),
    ...(page.explain && { explain: toExplanation(result) }),
  };
  return metadata;
}

function toTransfer(transfer: PageTransfer): ExtractMetadata["response"] {
  return {
    final_url: transfer.finalUrl,
    content_type: transfer.contentType,
    bytes: transfer.bytes,
    redirects: [...transfer.redirects],
  };
}

function toPage(page: PageMetadata): ExtractMetadata["page"] {
  return {
    title: page.title,
    description: page.description,
    author: page.author,
    published_at: page.publishedAt,
    modified_at: page.modifiedAt,
    language: page.language,
    site_name: page.siteName,
    canonical_url: page.canonicalUrl,
    image: page.image,
    type: page.type,
  };
}

function toExplanation({ retryCount, trace }: PageResult): NonNullable<ExtractMetadata["explain"]> {
  return {
    tries: retryCount + 1,
    stages: (trace ?? []).map(({ stage, ms, notes }) => ({
      stage,
      duration_ms: Math.round(ms),
      notes: [...notes],
    })),
  };
}
