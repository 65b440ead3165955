/** The blocks of a page as the fit sees them. */
export interface Sheet {
  /** Block by block, one answer for each column. */
  readonly answers: Float32Array;
  /** How much of each block is content, 0 to 1; NaN where nobody can say. */
  readonly labels: Float32Array;
  readonly words: Int32Array;
  readonly count: number;
}

const EPOCHS = 10;
const BATCH = 2048;
const FIRST_RATE = 0.05;
const LAST_RATE = 0.0005;
const RATE_POWER = 1.5;
const RIDGE = 1e-5;
/** A page weighs 1, and in it a block as its words to this power. */
const WORD_POWER = 0.6;
/** Decay of the means of gradient and squared gradient (Adam). */
const BETA_1 = 0.9;
const BETA_2 = 0.999;

/** Logistic regression on soft labels. The same sheets give the same weights. */
export function fitLogistic(sheets: readonly Sheet[]): Float64Array {
  const rows = listRows(sheets);
  const width = widthOf(sheets);
  const weights = new Float64Array(width);
  const descent = createDescent(weights);
  const random = createRandom();
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    shuffle(rows, random);
    const rate = LAST_RATE + FIRST_RATE * (1 - epoch / EPOCHS) ** RATE_POWER;
    for (let from = 0; from < rows.length; from += BATCH) {
      descent.step(gradientOf(rows.slice(from, from + BATCH), weights), rate);
    }
  }
  return weights;
}

export function likelihoods(sheet: Sheet, weights: Float64Array): Float64Array {
  return Float64Array.from({ length: sheet.count }, (_, block) =>
    likelihood(sheet, block, weights),
  );
}

interface Row {
  readonly sheet: Sheet;
  readonly block: number;
  readonly weight: number;
}

function listRows(sheets: readonly Sheet[]): Row[] {
  return sheets.flatMap((sheet) => {
    const weights = Array.from(
      sheet.words.subarray(0, sheet.count),
      (words) => words ** WORD_POWER,
    );
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return weights.flatMap((weight, block) =>
      Number.isNaN(sheet.labels[block]) ? [] : [{ sheet, block, weight: weight / total }],
    );
  });
}

function widthOf(sheets: readonly Sheet[]): number {
  const filled = sheets.find(({ count }) => count > 0);
  return filled === undefined ? 0 : filled.answers.length / filled.count;
}

function likelihood({ answers }: Sheet, block: number, weights: Float64Array): number {
  const start = block * weights.length;
  let logOdds = 0;
  for (let column = 0; column < weights.length; column++) {
    logOdds += (answers[start + column] ?? 0) * (weights[column] ?? 0);
  }
  return 1 / (1 + Math.exp(-logOdds));
}

function gradientOf(rows: readonly Row[], weights: Float64Array): Float64Array {
  const gradient = new Float64Array(weights.length);
  let total = 0;
  for (const { sheet, block, weight } of rows) {
    const error = (likelihood(sheet, block, weights) - (sheet.labels[block] ?? 0)) * weight;
    const start = block * weights.length;
    for (let column = 0; column < weights.length; column++) {
      gradient[column] = (gradient[column] ?? 0) + error * (sheet.answers[start + column] ?? 0);
    }
    total += weight;
  }
  return gradient.map((sum, column) => sum / total + RIDGE * (weights[column] ?? 0));
}

/** Adam: Kingma and Ba, 2015. */
function createDescent(weights: Float64Array) {
  const mean = new Float64Array(weights.length);
  const square = new Float64Array(weights.length);
  let steps = 0;
  return {
    step(gradient: Float64Array, rate: number): void {
      steps += 1;
      for (const [column, slope] of gradient.entries()) {
        const m = BETA_1 * (mean[column] ?? 0) + (1 - BETA_1) * slope;
        const v = BETA_2 * (square[column] ?? 0) + (1 - BETA_2) * slope * slope;
        mean[column] = m;
        square[column] = v;
        const scale = Math.sqrt(v / (1 - BETA_2 ** steps)) + 1e-8;
        weights[column] = (weights[column] ?? 0) - (rate * m) / (1 - BETA_1 ** steps) / scale;
      }
    },
  };
}

/** Numerical Recipes' generator: any would do, as long as it is the same each time. */
function createRandom(): () => number {
  let seed = 1;
  return () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };
}

function shuffle(rows: Row[], random: () => number): void {
  for (let last = rows.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const row = rows[last];
    const swapped = rows[other];
    if (row === undefined || swapped === undefined) continue;
    rows[last] = swapped;
    rows[other] = row;
  }
}
