import type { Readable } from "./media-type.ts";

/** What plain HTTP brought: bytes as yet, since decoding and reading belong to the parse threads. */
export interface FetchedPage {
  /** The requested URL; after redirects see `finalUrl`. */
  readonly url: string;
  readonly finalUrl: string;
  /** The addresses gone to, in order, without the first. */
  readonly redirects: readonly string[];
  readonly status: number;
  /** Names in lower case; repeated headers joined with ", ". */
  readonly headers: Readonly<Record<string, string>>;
  /** The media type without parameters, in lower case, sniffed where the server names none. */
  readonly mediaType: string;
  /** What the body is read as; null for the body of an error that cannot be read, which is left out. */
  readonly kind: Readable | null;
  /** Of the Content-Type, as the server wrote it: a label for `decodeBody`. */
  readonly charset: string | null;
  /** Decompressed, not yet decoded to Unicode; in memory of its own, so that it can be transferred. */
  readonly body: Uint8Array<ArrayBuffer>;
}
