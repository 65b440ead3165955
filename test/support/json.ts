/** What JSON can hold. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

export function parseJson(text: string): Json {
  return JSON.parse(text);
}
