import { setImmediate } from "node:timers/promises";

/**
 * Whether work is over within a few turns of the event loop: what "at once" means, however busy the machine is. Work
 * that waits for a timer or for bytes of somebody else is not.
 */
export async function settlesWithin(work: Promise<unknown>, turns = 5): Promise<boolean> {
  let isSettled = false;
  const settle = () => {
    isSettled = true;
  };
  work.then(settle, settle);
  for (let turn = 0; turn < turns && !isSettled; turn += 1) await setImmediate();
  return isSettled;
}
