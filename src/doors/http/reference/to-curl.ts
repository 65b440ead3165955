import type { Endpoint } from "./to-reference.ts";

/** A command that works when pasted into a shell, with the key in `$QUERN_API_KEY`. */
export function toCurl(endpoint: Endpoint, origin: string): string {
  const { needsKey, request } = endpoint;
  const options = [...toMethod(endpoint), ...toStreaming(endpoint)];
  const parts = [["curl", ...options, quote(`${origin}${toExamplePath(endpoint)}`)].join(" ")];
  if (needsKey) parts.push('-H "X-Api-Key: $QUERN_API_KEY"');
  if (request !== null) {
    parts.push(
      `-H "Content-Type: ${request.mediaType}"`,
      `-d ${quote(JSON.stringify(request.example))}`,
    );
  }
  return parts.join(" \\\n  ");
}

function toExamplePath({ path, parameters }: Endpoint): string {
  return parameters.reduce((filled, { name, example }) => {
    return example === null ? filled : filled.replace(`{${name}}`, example);
  }, path);
}

/** curl GETs, and POSTs what has a body. */
function toMethod({ method, request }: Endpoint): string[] {
  return method === (request === null ? "GET" : "POST") ? [] : [`-X ${method}`];
}

/** Events are shown as they come. */
function toStreaming({ replies }: Endpoint): string[] {
  return replies.some(({ mediaType }) => mediaType === "text/event-stream") ? ["-N"] : [];
}

/** As one word of a POSIX shell. */
function quote(text: string): string {
  return /^[\w:/.-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
