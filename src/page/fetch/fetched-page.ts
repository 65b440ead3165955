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
  /** Decompressed, not yet decoded to Unicode. */
  readonly body: Uint8Array;
}
