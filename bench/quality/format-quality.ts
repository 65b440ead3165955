import { formatTable } from "../support/format-table.ts";
import type { Figures, Scores } from "./run-scorer.ts";

/** Our figures above those of others on the same pages. */
export function formatQuality(scores: Scores, peers: Readonly<Record<string, Figures>>): string {
  const systems = { Quern: scores.figures, ...peers };
  const tables = TABLES.flatMap(({ title, pattern }) => {
    const names = Object.keys(scores.figures).filter((name) => pattern.test(name));
    return names.length === 0 ? [] : [`${title}\n\n${compare(systems, names, pattern)}`];
  });
  return [...tables, `What it cost\n\n${formatFacts(scores)}`].join("\n\n");
}

const TABLES: readonly { title: string; pattern: RegExp }[] = [
  { title: "Word F1 by page set", pattern: /^([^.]+)\.word$/ },
  { title: "Word F1 by page type", pattern: /^[^.]+\.word\.(.+)$/ },
  { title: "Snippet F1 by page set", pattern: /^([^.]+)\.snippet$/ },
  { title: "Structure F1 by page set", pattern: /^([^.]+)\.structure$/ },
  { title: "Right titles, authors and dates", pattern: /^([^.]+\.(?:title|author|date))$/ },
];

function compare(
  systems: Readonly<Record<string, Figures>>,
  names: readonly string[],
  pattern: RegExp,
): string {
  const head = ["system", ...names.map((name) => pattern.exec(name)?.[1] ?? name)];
  const rows = Object.entries(systems)
    .filter(([, figures]) => names.some((name) => figures[name] !== undefined))
    .map(([system, figures]) => [system, ...names.map((name) => figures[name]?.toFixed(3) ?? "")]);
  return formatTable(head, rows);
}

function formatFacts({ sets }: Scores): string {
  return formatTable(
    ["set", "pages", "empty", "errors", "CPU ms/page"],
    sets.map(({ set, pages, empty, errors, cpuMsPerPage }) => {
      return [set, String(pages), String(empty), String(errors), cpuMsPerPage.toFixed(1)];
    }),
  );
}
