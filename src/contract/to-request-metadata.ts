import type { ExtractOrder } from "./extract-request.ts";
import type { ExtractMetadata } from "./extract-response.ts";
import { isExtraFormat, isVendorFormat } from "./format.ts";
import { maskHeaders } from "./target-headers.ts";

type Happened = Pick<ExtractMetadata, "render_js" | "http_status" | "duration_ms" | "retry_count">;

/** What metadata says of a request and of the work on it, whether or not there was a page. */
export function toRequestMetadata(
  { page, asked, processingMode }: ExtractOrder,
  happened: Happened,
): Omit<ExtractMetadata, "response" | "page"> {
  const extraFormats = page.formats.filter(isExtraFormat);
  return {
    url: page.url,
    ...happened,
    formats: page.formats.filter(isVendorFormat),
    ...(extraFormats.length > 0 && { extra_formats: extraFormats }),
    processing_mode: processingMode,
    ...(asked.proxy !== null && { proxy: asked.proxy }),
    ...(asked.headers !== null && { headers: maskHeaders(asked.headers) }),
    ...(asked.wait_config !== null && { wait_config: asked.wait_config }),
  };
}
