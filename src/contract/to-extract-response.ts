import type { ExtractOrder } from "./extract-request.ts";
import type { ExtractData, ExtractMetadata, ExtractResponse } from "./extract-response.ts";
import { TOKENS_OF_A_PAGE } from "./limits.ts";
import type { PageMetadata, PageRequest, PageResult, PageTransfer } from "./page.ts";
import { toRequestMetadata } from "./to-request-metadata.ts";

/** A page as it goes over the wire. Absent values are null; keys that only some requests get are left out. */
export function toExtractResponse(order: ExtractOrder, result: PageResult): ExtractResponse {
  return {
    data: toData(order.page, result),
    metadata: toMetadata(order, result),
    tokens_charged: TOKENS_OF_A_PAGE,
  };
}

function toData({ formats }: PageRequest, { data }: PageResult): ExtractData {
  return {
    markdown: data.markdown,
    html: data.html,
    links: data.links && [...data.links],
    ...(formats.includes("text") && { text: data.text }),
    ...(formats.includes("content_html") && { content_html: data.contentHtml }),
  };
}

function toMetadata(order: ExtractOrder, result: PageResult): ExtractMetadata {
  const happened = {
    render_js: result.rendered,
    http_status: result.transfer.httpStatus,
    duration_ms: Math.round(result.durationMs),
    retry_count: result.retryCount,
  };
  return {
    ...toRequestMetadata(order, happened),
    response: toTransfer(result.transfer),
    page: toPage(result.page),
    ...(order.page.explain && { explain: toExplanation(result) }),
  };
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
