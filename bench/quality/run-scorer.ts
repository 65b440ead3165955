import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";

export interface ScorerOrder {
  readonly scorer: string;
  readonly corpusDir: string;
  /** Names of page sets, separated by commas; undefined: all that are there. */
  readonly sets: string | undefined;
  /** Every so many pages. */
  readonly every: string;
}

/** A figure's name, like `wcxb.word` or `wcxb.word.article`, and its value from 0 to 1. */
export type Figures = Readonly<Record<string, number>>;

export interface Scores {
  readonly figures: Figures;
  readonly sets: readonly SetFacts[];
}

export interface SetFacts {
  readonly set: string;
  readonly pages: number;
  readonly empty: number;
  /** Pages on which the engine threw: none may. */
  readonly errors: number;
  readonly cpuMsPerPage: number;
}

/** The scorer that comes with the page sets: a folder `score` in or beside theirs. */
export function findScorer(corpusDir: string): string | undefined {
  const places = [corpusDir, dirname(corpusDir)].map((dir) => join(dir, "score/measure.mjs"));
  return places.find((path) => existsSync(path));
}

/** Lets the scorer run our engine over the page sets. */
export async function runScorer(order: ScorerOrder): Promise<Scores> {
  const { stdout } = await promisify(execFile)(process.execPath, scorerArgs(order), {
    env: { CORPUS_DIR: order.corpusDir },
    maxBuffer: 64 * 2 ** 20,
  });
  const summaries = Object.entries(scorerOutput.parse(JSON.parse(stdout)));
  return {
    figures: Object.fromEntries(summaries.flatMap(([set, summary]) => listFigures(set, summary))),
    sets: summaries.map(([set, { pages, empty, errors, cpuMsPerPage }]) => {
      return { set, pages, empty, errors, cpuMsPerPage };
    }),
  };
}

function scorerArgs({ scorer, sets, every }: ScorerOrder): string[] {
  const engine = join(import.meta.dirname, "engine.ts");
  const chosen = sets === undefined ? [] : ["--sets", sets];
  return [scorer, "--engine", engine, "--json", "--every", every, ...chosen];
}

const f1 = z.object({ f1: z.number() });

const setSummary = z.object({
  pages: z.number(),
  empty: z.number(),
  errors: z.number(),
  cpuMsPerPage: z.number(),
  word: f1.optional(),
  snippet: f1.optional(),
  struct: z.object({ mean: z.number() }).optional(),
  byType: z.record(z.string(), f1).optional(),
  metadata: z.record(z.string(), z.object({ share: z.number() })),
});

const scorerOutput = z.record(z.string(), setSummary);

function listFigures(set: string, summary: z.infer<typeof setSummary>): [string, number][] {
  const { word, snippet, struct, byType = {}, metadata } = summary;
  const types = Object.entries(byType);
  const figures: [string, number | undefined][] = [
    ["word", word?.f1],
    ["snippet", snippet?.f1],
    ["structure", struct?.mean],
    ...(types.length > 1 ? types : []).map(([type, value]): [string, number] => {
      return [`word.${type}`, value.f1];
    }),
    ...Object.entries(metadata).map(([name, { share }]): [string, number] => [name, share]),
  ];
  return figures.flatMap(([name, value]) =>
    value === undefined ? [] : [[`${set}.${name}`, value]],
  );
}
