interface MapLimits {
  /** How many run at once. */
  readonly limit: number;
  readonly signal: AbortSignal;
}

/**
 * `work` on every item, results in the order of the items. After the first failure, or when the signal
 * says so, no more are begun; what runs is waited for, and then the failure is thrown.
 */
export async function mapLimit<Item, Result>(
  items: Iterable<Item>,
  { limit, signal }: MapLimits,
  work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const failures: unknown[] = [];
  const queue = [...items].entries();
  const workThrough = async () => {
    // One iterator for all: whoever is free takes the next.
    for (const [index, item] of queue) {
      if (failures.length > 0 || signal.aborted) return;
      try {
        results[index] = await work(item, index);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, limit) }, workThrough));
  if (failures.length > 0) throw failures[0];
  signal.throwIfAborted();
  return results;
}
