import type { ExtractAccepted, ExtractResponse } from "../../../contract/extract-response.ts";

/** For the reference: what the request beside it is answered with. */
export const EXAMPLE_RESPONSE: ExtractResponse = {
  data: {
    markdown: "# Example Domain\n\nThis domain is for use in documentation examples.\n",
    html: null,
    links: null,
  },
  metadata: {
    url: "https://example.com/",
    render_js: false,
    http_status: 200,
    duration_ms: 214,
    retry_count: 0,
    formats: ["markdown"],
    processing_mode: "sync",
    response: {
      final_url: "https://example.com/",
      content_type: "text/html",
      bytes: 1256,
      redirects: [],
    },
    page: {
      title: "Example Domain",
      description: null,
      author: null,
      published_at: null,
      modified_at: null,
      language: "en",
      site_name: null,
      canonical_url: null,
      image: null,
      type: "other",
    },
  },
  tokens_charged: 1,
};

export const EXAMPLE_ACCEPTED: ExtractAccepted = {
  job_id: "019a3c5e-7b1f-7c42-9d0e-5f6a8b3c2d10",
  status: "queued",
  status_url: "/v1/extract/019a3c5e-7b1f-7c42-9d0e-5f6a8b3c2d10",
  estimated_tokens: 1,
};
