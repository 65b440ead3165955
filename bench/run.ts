// npm run bench [-- NAME [flags]] [--json]: see README.md beside this file.
import { crashBenchmark } from "./crash/crash-benchmark.ts";
import { jobsBenchmark } from "./jobs/jobs-benchmark.ts";
import { loadBenchmark } from "./load/load-benchmark.ts";
import { memoryBenchmark } from "./memory/memory-benchmark.ts";
import { qualityBenchmark } from "./quality/quality-benchmark.ts";
import { renderBenchmark } from "./render/render-benchmark.ts";
import { soakBenchmark } from "./soak/soak-benchmark.ts";
import { speedBenchmark } from "./speed/speed-benchmark.ts";
import { startBenchmark } from "./start/start-benchmark.ts";
import type { BenchEnvironment, Benchmark } from "./support/report.ts";
import { say } from "./support/say.ts";

const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  load: loadBenchmark,
  speed: speedBenchmark,
  memory: memoryBenchmark,
  start: startBenchmark,
  quality: qualityBenchmark,
  jobs: jobsBenchmark,
  crash: crashBenchmark,
  render: renderBenchmark,
  soak: soakBenchmark,
};

process.exitCode = await run(process.argv.slice(2));

/** The exit status: 1 where a figure has fallen, 2 for bad usage. */
async function run(args: readonly string[]): Promise<number> {
  const isJson = args.includes("--json");
  const [name, ...flags] = args.filter((argument) => argument !== "--json");
  const chosen = name === undefined ? Object.entries(BENCHMARKS) : listOne(name);
  if (chosen.length === 0) return explainUsage(name);
  const results: Record<string, unknown> = {};
  let isOk = true;
  for (const [title, benchmark] of chosen) {
    say(`${title}: ${benchmark.summary}`);
    const report = await benchmark.run(
      name === undefined ? benchmark.shortArgs : flags,
      readEnvironment(),
    );
    if (report === null) continue;
    results[title] = report.data;
    isOk &&= report.ok;
    if (!isJson) console.log(`\n## ${title}\n\n${report.text}\n`);
  }
  if (isJson) console.log(JSON.stringify(results, null, 2));
  return isOk ? 0 : 1;
}

function listOne(name: string): [string, Benchmark][] {
  return Object.entries(BENCHMARKS).filter(([title]) => title === name);
}

function explainUsage(name: string | undefined): number {
  console.error(`There is no benchmark ${name}. There are:`);
  for (const [title, { summary }] of Object.entries(BENCHMARKS)) {
    console.error(`  ${title.padEnd(8)} ${summary}`);
  }
  return 2;
}

function readEnvironment(): BenchEnvironment {
  // biome-ignore lint/style/noProcessEnv: the benchmarks' one look at the environment
  const { CORPUS_DIR, QUALITY_SCORER } = process.env;
  return { corpusDir: CORPUS_DIR, qualityScorer: QUALITY_SCORER };
}
