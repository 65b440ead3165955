import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import type { BenchEnvironment, Benchmark } from "../support/report.ts";
import { say } from "../support/say.ts";
import { type FallenFigure, findFallen, raised, readFloors, writeFloors } from "./floors.ts";
import { formatQuality } from "./format-quality.ts";
import { findScorer, runScorer, type Scores } from "./run-scorer.ts";

export const qualityBenchmark: Benchmark = {
  summary: "what the engine finds on saved pages with known content, beside others",
  shortArgs: ["--every", "20"],
  run: async (args, environment) => {
    const flags = readFlags(args);
    const place = findCorpus(flags, environment);
    if (place === null) return null;
    const scores = await runScorer({ ...place, sets: flags.sets, every: flags.every });
    const fallen = flags.check ? await listFallen(scores, flags.sets) : [];
    if (flags.raise) await writeFloors(raised(await readFloors(), scores.figures));
    const text = [
      ...(flags.every === "1"
        ? []
        : [`Only every ${flags.every}th page; the others' figures are of all pages.`]),
      formatQuality(scores, await readPeers()),
      ...fallen.map(describeFallen),
    ];
    return { text: text.join("\n\n"), data: { ...scores, fallen }, ok: fallen.length === 0 };
  },
};

type Flags = ReturnType<typeof readFlags>;

function readFlags(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      corpus: { type: "string" },
      scorer: { type: "string" },
      sets: { type: "string" },
      every: { type: "string", default: "1" },
      check: { type: "boolean", default: false },
      raise: { type: "boolean", default: false },
    },
  });
  if ((values.check || values.raise) && values.every !== "1") {
    throw new Error("--check and --raise are about all pages: leave --every out");
  }
  return values;
}

function findCorpus(flags: Flags, environment: BenchEnvironment) {
  const corpusDir = flags.corpus ?? environment.corpusDir;
  if (corpusDir === undefined) {
    say("quality: set CORPUS_DIR to the unpacked page sets (bench/README.md says where they are)");
    return null;
  }
  const scorer = flags.scorer ?? environment.qualityScorer ?? findScorer(corpusDir);
  if (scorer === undefined) {
    say(`quality: no score/measure.mjs in or beside ${corpusDir}; set QUALITY_SCORER to its path`);
    return null;
  }
  return { corpusDir, scorer };
}

/** An engine that throws has fallen too, whatever its figures are. */
async function listFallen(scores: Scores, sets: string | undefined): Promise<FallenFigure[]> {
  const errors = scores.sets
    .filter((facts) => facts.errors > 0)
    .map(({ set, pages, errors }) => {
      return { name: `${set}: pages without an exception`, floor: pages, value: pages - errors };
    });
  return [...errors, ...findFallen(await readFloors(), scores.figures, sets?.split(","))];
}

async function readPeers() {
  const text = await readFile(join(import.meta.dirname, "peers.json"), "utf8");
  return z.record(z.string(), z.record(z.string(), z.number())).parse(JSON.parse(text));
}

function describeFallen({ name, floor, value }: FallenFigure): string {
  return `FALLEN ${name}: ${value ?? "not measured"}, and the floor is ${floor}`;
}
