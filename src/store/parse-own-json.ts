/** What this room wrote itself, from a value of that type. */
export function parseOwnJson<Value>(json: string): Value {
  return JSON.parse(json) as Value;
}
