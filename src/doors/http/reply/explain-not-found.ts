import { nearestName } from "../../../contract/nearest-name.ts";
import type { RouteDescription } from "../http-route.ts";
import { toPathTemplate } from "../to-path-template.ts";

type Place = Pick<RouteDescription, "method" | "path">;

/** What a caller is told of a path that no route has: what may have been meant, and where all are listed. */
export function explainNotFound(path: string, routes: readonly Place[]): string {
  const near = pathNear(path, routes);
  const names = routes.filter((route) => route.path === near).map(toName);
  const hint = names.length === 0 ? "" : ` Near it is ${names.join(", ")}.`;
  return `This version has nothing at this path.${hint} GET /docs lists all that there is.`;
}

/** Comparing names takes time that rises with their length; no path of ours is half as long. */
const MAX_COMPARED_LENGTH = 100;

/** The path that `path` goes on from, before the one that is spelled most like it. */
function pathNear(path: string, routes: readonly Place[]): string | null {
  const paths = routes.map((route) => route.path);
  const parents = paths.filter((known) => isBelow(path, known));
  const [longest] = parents.toSorted((one, other) => other.length - one.length);
  return longest ?? nearestName(path.slice(0, MAX_COMPARED_LENGTH), paths);
}

function isBelow(path: string, known: string): boolean {
  const segments = path.split("/");
  const own = known.split("/");
  const fits = own.every((name, index) => name.startsWith(":") || name === segments[index]);
  return fits && segments.length > own.length;
}

function toName({ method, path }: Place): string {
  return `${method} ${toPathTemplate(path)}`;
}
