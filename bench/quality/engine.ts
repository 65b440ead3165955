import { extractPage } from "../../src/page/extract-page.ts";

interface EngineAnswer {
  readonly markdown: string;
  readonly title: string | null;
  readonly author: string | null;
  readonly date: string | null;
}

/** The pure engine in process, as the scorer of the page sets asks for it: what is scored is what users get. */
export async function load(): Promise<(html: string, url?: string) => Promise<EngineAnswer>> {
  return async (html, url = "http://page.invalid/") => {
    const { data, page } = extractPage(html, { url });
    return {
      markdown: data.markdown ?? "",
      title: page.title,
      author: page.author,
      date: page.publishedAt,
    };
  };
}
