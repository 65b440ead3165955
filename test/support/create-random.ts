/** Whole numbers from 0 to below a limit. */
export type Random = (limit: number) => number;

/** The same seed gives the same numbers: Park and Miller's generator (Communications of the ACM, 1988). */
export function createRandom(seed: number): Random {
  // Of 0 it gives nothing but 0.
  let state = (seed % (MODULUS - 1)) + 1;
  return (limit) => {
    state = (state * MULTIPLIER) % MODULUS;
    return state % limit;
  };
}

const MULTIPLIER = 48_271;
const MODULUS = 2_147_483_647;
