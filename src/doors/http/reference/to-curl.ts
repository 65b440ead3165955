import type { Endpoint } from "./to-reference.ts";

/** A command that works when pasted into a shell, with the key in `$QUERN_API_KEY`. */
export function toCurl({ path, needsKey, request }: Endpoint, origin: string): string {
  const parts = [`curl ${quote(`${origin}${path}`)}`];
  if (needsKey) parts.push('-H "X-Api-Key: $QUERN_API_KEY"');
  if (request !== null) {
    parts.push(
      `-H "Content-Type: ${request.mediaType}"`,
      `-d ${quote(JSON.stringify(request.example))}`,
    );
  }
  return parts.join(" \\\n  ");
}

/** As one word of a POSIX shell. */
function quote(text: string): string {
  return /^[\w:/.-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
