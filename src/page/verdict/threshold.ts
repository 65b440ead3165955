/** What the weights of a verdict's signs have to add up to. Every sign alone stays below it. */
export const THRESHOLD = 10;
