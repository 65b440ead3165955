/**
 * JSON for the wire: well-formed Unicode, since clients refuse a whole answer over one lone surrogate.
 * The common case costs one search of the text.
 */
export function toWireJson(value: unknown): string {
  const json = JSON.stringify(value);
  // JSON.stringify writes a lone surrogate as an escape, and nothing else that begins like one but text about escapes.
  return json.includes("\\ud") ? JSON.stringify(value, replaceLoneSurrogates) : json;
}

function replaceLoneSurrogates(_key: string, value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed();
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name.toWellFormed(), inner]),
  );
}
