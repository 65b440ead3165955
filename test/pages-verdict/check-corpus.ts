import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { extractPage } from "../../src/page/extract-page.ts";
import { judgePage } from "../../src/page/verdict/judge-page.ts";

// Real saved pages are pages: whatever is judged otherwise is a false alarm, or a page that was saved as a shell.
// node test/pages-verdict/check-corpus.ts DIR, where DIR holds <set>/index.jsonl with html_path and url in each row.

interface Row {
  readonly html_path: string;
  readonly url?: string;
}

const [folder = "."] = process.argv.slice(2);
let all = 0;
let judgeMs = 0;
const alarms = new Map<string, number>();

for (const set of readdirSync(folder)) {
  const index = join(folder, set, "index.jsonl");
  if (!existsSync(index)) continue;
  const lines = readFileSync(index, "utf8").split("\n").filter(Boolean);
  for (const line of lines) checkRow(set, line);
}
say(`${all} pages, ${(judgeMs / all).toFixed(3)} ms each for the verdict`);
for (const [kind, count] of alarms) say(`${kind}: ${count}`);

function checkRow(set: string, line: string): void {
  const row: Row = JSON.parse(line);
  const url = row.url ?? "https://unknown.example/page";
  const html = readFileSync(join(folder, set, row.html_path), "utf8");
  const { signals } = extractPage(html, { url, formats: [] });
  const start = performance.now();
  const verdict = judgePage({ status: 200, headers: {}, url, finalUrl: url, signals });
  judgeMs += performance.now() - start;
  all += 1;
  if (verdict.kind === "page") return;
  alarms.set(verdict.kind, (alarms.get(verdict.kind) ?? 0) + 1);
  const { title, visibleTextLength, contentTextLength } = signals;
  say(
    `${verdict.kind} ${set}/${row.html_path} (${visibleTextLength} visible, ${contentTextLength} content): ${title}`,
  );
  say(`  ${verdict.signals.join(", ")}`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
