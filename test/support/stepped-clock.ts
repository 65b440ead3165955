import { globSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A wall clock that can be set while a program runs. */
export interface SteppedClock {
  /** For the program's environment. */
  readonly env: Readonly<Record<string, string>>;
  /** How far it is from the true time: `+6h`, `-2d`. */
  step(offset: string): void;
}

/** @throws Error that says what to install */
export function createSteppedClock(folder: string): SteppedClock {
  const [library] = globSync("/usr/lib/*/faketime/libfaketime.so.1");
  if (library === undefined) {
    throw new Error("No libfaketime: install it with apt-get install faketime");
  }
  const file = join(folder, "clock");
  const step = (offset: string) => writeFileSync(file, offset);
  step("+0");
  return {
    step,
    env: {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: "1",
      // Timers go on as they do when somebody sets a real clock.
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
    },
  };
}
