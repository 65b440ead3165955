/**
 * Where a server's own paths begin: the address as people write it, with or without a slash at the end, also below a
 * path of a proxy in front of it. Null: it is no address of a server.
 */
export function toBaseUrl(text: string): URL | null {
  // Without a scheme "localhost:3400" would be read as one.
  if (!/^https?:\/\//i.test(text)) return null;
  const url = URL.parse(text);
  if (url === null || url.username !== "" || url.password !== "") return null;
  if (url.search !== "" || url.hash !== "") return null;
  url.pathname = `${url.pathname.replace(/\/+$/, "")}/`;
  return url;
}
