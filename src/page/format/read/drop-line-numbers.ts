/** A number that fills an element of its own, and where its text is in the code. */
export interface LoneNumber {
  readonly value: number;
  /** The class of the element. */
  readonly look: string;
  readonly start: number;
  readonly end: number;
}

/** Classes that highlighters give to numbers which are code. */
const CODE_NUMBER =
  /(?:^|\s)(?:m[bfhiox]?|il|nu\d|lit|(?:\S*-)?(?:number|numeric|literal|constant|integer))(?:\s|$)/i;

/**
 * Code without the numbers of its lines. They are told by what they are, whatever their class is called: in elements
 * that look alike they rise by one, and each stands in front of a line, or all of them in front of the code.
 */
export function dropLineNumbers(code: string, numbers: readonly LoneNumber[]): string {
  for (const [look, alike] of Map.groupBy(numbers, (number) => number.look)) {
    if (CODE_NUMBER.test(look) || !areRising(alike)) continue;
    const rest = cutOut(code, alike);
    if (rest.trim() === "") continue;
    if (beginLines(code, alike)) return rest;
    if (isColumn(code, alike)) return code.slice(alike.at(-1)?.end).replace(/^[ \t]*\n/, "");
  }
  return code;
}

function areRising(numbers: readonly LoneNumber[]): boolean {
  const first = numbers[0]?.value ?? 0;
  return numbers.length > 1 && numbers.every(({ value }, index) => value === first + index);
}

/** Whether each line begins with one of the numbers. */
function beginLines(code: string, numbers: readonly LoneNumber[]): boolean {
  if (countLines(code) !== numbers.length) return false;
  return numbers.every(
    ({ start }) => code.slice(code.lastIndexOf("\n", start - 1) + 1, start).trim() === "",
  );
}

/** Whether the numbers stand together, before as many lines; blank ones at the end may have none. */
function isColumn(code: string, numbers: readonly LoneNumber[]): boolean {
  const end = numbers.at(-1)?.end ?? 0;
  const isApart = cutOut(code.slice(0, end), numbers).trim() === "";
  return isApart && countLines(code.slice(end)) === numbers.length;
}

function countLines(code: string): number {
  return code.trim().split("\n").length;
}

function cutOut(code: string, numbers: readonly LoneNumber[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end } of numbers) {
    pieces.push(code.slice(at, start));
    at = end;
  }
  return pieces.join("") + code.slice(at);
}
