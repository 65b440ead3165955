// CORPUS_DIR=DIR node bench/quality/fit/fit-points.ts [--write]: see bench/README.md.
import { BLOCK_COLUMNS } from "../../../src/page/extract/content/columns/block-columns.ts";
import { CONTEXT_COLUMNS } from "../../../src/page/extract/content/columns/context-columns.ts";
import { gatherContext } from "../../../src/page/extract/content/context-facts.ts";
import { say } from "../../support/say.ts";
import { answerColumns } from "./answer-columns.ts";
import { fitLogistic, likelihoods, type Sheet } from "./fit-logistic.ts";
import { type KnownPage, readKnownPages } from "./read-known-pages.ts";
import { type ScoredPage, scorePicks } from "./score-picks.ts";
import { writePoints } from "./write-points.ts";

/** Pages of a fold never teach what judges them; all pages of a site are in one fold. */
const FOLDS = 5;

await run(process.argv.slice(2));

async function run(flags: readonly string[]): Promise<void> {
  // biome-ignore lint/style/noProcessEnv: the one look at the environment
  const corpusDir = process.env["CORPUS_DIR"];
  if (corpusDir === undefined) throw new Error("CORPUS_DIR names the folder of page sets");
  const pages = await readKnownPages(corpusDir, FOLDS);
  say(`${pages.length} pages with known content`);
  console.log(formatScores(crossValidate(pages)));
  if (!flags.includes("--write")) return;
  const { block, context } = fitBoth(pages);
  await writePoints({ name: "block", columns: BLOCK_COLUMNS, weights: block });
  await writePoints({ name: "context", columns: CONTEXT_COLUMNS, weights: context });
}

interface BothWeights {
  readonly block: Float64Array;
  readonly context: Float64Array;
}

/**
 * The second judgement learns from first ones of pages that the first had not seen: it would otherwise learn to
 * trust it blindly.
 */
function fitBoth(pages: readonly KnownPage[]): BothWeights {
  const sheets = pages.map(blockSheet);
  const folds = new Set(pages.map(({ fold }) => fold));
  const contexts: Sheet[] = [];
  for (const fold of folds) {
    const weights = fitLogistic(sheets.filter((_, page) => pages[page]?.fold !== fold));
    for (const page of pages) if (page.fold === fold) contexts.push(contextSheet(page, weights));
  }
  return { block: fitLogistic(sheets), context: fitLogistic(contexts) };
}

function crossValidate(pages: readonly KnownPage[]): readonly ScoredPage[] {
  const scores: ScoredPage[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const { block, context } = fitBoth(pages.filter((page) => page.fold !== fold));
    for (const page of pages) {
      if (page.fold !== fold) continue;
      scores.push(scorePicks(page, likelihoods(contextSheet(page, block), context)));
    }
    say(`fold ${fold + 1} of ${FOLDS}`);
  }
  return scores;
}

function blockSheet({ facts, labels }: KnownPage): Sheet {
  const { count, words } = facts.survey.blocks;
  return { answers: answerColumns(BLOCK_COLUMNS, facts, count), labels, words, count };
}

function contextSheet(page: KnownPage, blockWeights: Float64Array): Sheet {
  const sheet = blockSheet(page);
  const context = gatherContext(page.facts, likelihoods(sheet, blockWeights));
  return { ...sheet, answers: answerColumns(CONTEXT_COLUMNS, context, sheet.count) };
}

function formatScores(scores: readonly ScoredPage[]): string {
  const groups = Object.groupBy(
    scores.flatMap(({ set, type, f1 }) => [
      { group: set, f1 },
      { group: `${set}, ${type}`, f1 },
    ]),
    ({ group }) => group,
  );
  const rows = Object.entries(groups).map(([group, members = []]) => {
    const mean = members.reduce((sum, { f1 }) => sum + f1, 0) / members.length;
    return `| ${group} | ${members.length} | ${mean.toFixed(4)} |`;
  });
  return ["| pages | number | word F1, unseen sites |", "| --- | --: | --: |", ...rows].join("\n");
}
