import { asList } from "./json.ts";
import type { PageFacts } from "./page-facts.ts";

/** The language that a page names, as a BCP 47 tag; null where it names none that is one. */
export function chooseLanguage({ language, metas, things }: PageFacts): string | null {
  const named = [
    language,
    ...(metas.get("content-language") ?? []),
    ...(metas.get("language") ?? []),
    ...(metas.get("og:locale") ?? []),
    ...(metas.get("dc.language") ?? []),
    ...things.flatMap((thing) => asList(thing["inLanguage"])),
  ];
  for (const name of named) {
    const tag = typeof name === "string" ? toTag(name) : null;
    if (tag !== null) return tag;
  }
  return null;
}

/** `en_us` and `EN-US.UTF-8` are `en-US`. Of a list the first counts. */
function toTag(name: string): string | null {
  const tag = name.split(/[,;.\s]/)[0]?.replaceAll("_", "-") ?? "";
  if (!/^[a-z]{2,3}(?:-[a-z\d]{2,8})*$/i.test(tag) || /^(?:und|mul|zxx)/i.test(tag)) return null;
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    // Well formed to look at, but no tag.
    return null;
  }
}
