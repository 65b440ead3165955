import type { TraceStep } from "../../contract/page.ts";

/** Runs the stages of an extraction, and notes what they did where somebody wants to know. */
export interface Trace {
  readonly steps: readonly TraceStep[];
  run<Result>(stage: string, work: () => Result, notesOf?: (result: Result) => string[]): Result;
}

/** Milliseconds from any start. */
export type Clock = () => number;

export function createTrace(clock: Clock): Trace {
  const steps: TraceStep[] = [];
  return {
    steps,
    run(stage, work, notesOf = () => []) {
      const start = clock();
      const result = work();
      const ms = clock() - start;
      steps.push({ stage, ms, notes: notesOf(result) });
      return result;
    },
  };
}

export const NO_TRACE: Trace = { steps: [], run: (_stage, work) => work() };
