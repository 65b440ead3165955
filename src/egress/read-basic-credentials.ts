/** RFC 7617; null where the header says anything else. */
export function readBasicCredentials(header: string) {
  const encoded = /^Basic +([\w+/]+=*)$/i.exec(header)?.[1];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, "base64").toString("utf8");
  const colon = text.indexOf(":");
  return colon < 0 ? null : { user: text.slice(0, colon), password: text.slice(colon + 1) };
}
