import type { Benchmark } from "../support/report.ts";
export const speedBenchmark: Benchmark = { summary: "x", shortArgs: [], run: async () => null };
