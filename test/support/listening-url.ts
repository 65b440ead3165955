/** The address in a server's first line: `… listens on http://HOST:PORT`. */
export function listeningUrl(firstLine: string): string {
  const url = / listens on (http:\/\/\S+)$/.exec(firstLine)?.[1];
  if (url === undefined) throw new Error(`Not the first line of a server: ${firstLine}`);
  return url;
}
