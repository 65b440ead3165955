/** Runs steps that belong together one after the other, in the order of asking; those of other names side by side. */
export type OneAtATime = <Result>(name: string, step: () => Promise<Result>) => Promise<Result>;

export function createOneAtATime(): OneAtATime {
  const last = new Map<string, Promise<unknown>>();
  return async (name, step) => {
    const before = last.get(name) ?? Promise.resolve();
    // Whoever comes later waits for the end, not for the success.
    const mine = before.then(step, step);
    last.set(name, mine);
    try {
      return await mine;
    } finally {
      if (last.get(name) === mine) last.delete(name);
    }
  };
}
