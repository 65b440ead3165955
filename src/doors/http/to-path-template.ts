/** A path as people and OpenAPI write it: the router's `:id` is `{id}`. */
export function toPathTemplate(path: string): string {
  return path.replace(/:(\w+)/g, "{$1}");
}
