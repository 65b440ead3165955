import { parseJson } from "./json.ts";

export interface ApiRequest {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  /** Null: none is sent. */
  readonly key?: string | null;
  readonly signal?: AbortSignal;
}

export interface ApiAnswer {
  readonly status: number;
  readonly reasonPhrase: string;
  readonly headers: Headers;
  readonly text: string;
  /** @throws SyntaxError where it is no JSON. */
  json(): unknown;
}

/** How tests speak to a server: any request, or the one that most are about. */
export interface Api {
  send(request: ApiRequest): Promise<ApiAnswer>;
  get(path: string): Promise<ApiAnswer>;
  /** POST /v1/extract. */
  extract(body: unknown, headers?: Readonly<Record<string, string>>): Promise<ApiAnswer>;
}

export function createApi(server: { readonly url: string; readonly key: string }): Api {
  const send = async (request: ApiRequest): Promise<ApiAnswer> => {
    const key = request.key === undefined ? server.key : request.key;
    const response = await fetch(server.url + request.path, {
      method: request.method ?? "GET",
      headers: { ...(key === null ? {} : { "x-api-key": key }), ...request.headers },
      ...(request.body === undefined ? {} : { body: request.body }),
      ...(request.signal === undefined ? {} : { signal: request.signal }),
      redirect: "manual",
    });
    const text = await response.text();
    return {
      status: response.status,
      reasonPhrase: response.statusText,
      headers: response.headers,
      text,
      json: () => parseJson(text),
    };
  };
  return {
    send,
    get: (path) => send({ path }),
    extract: (body, headers = {}) =>
      send({
        method: "POST",
        path: "/v1/extract",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify(body),
      }),
  };
}
