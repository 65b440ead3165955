/** What SQLite's primary result codes mean to an operator, for those that are not our own mistake. */
const FAILURES: ReadonlyMap<number, string> = new Map([
  [5, "another program keeps it locked"],
  [6, "another program keeps it locked"],
  [7, "there is not enough memory"],
  [8, "it may not be written: check its owner and mode, and that the file system is writable"],
  [10, "the disk reports an error"],
  [11, "it is damaged: restore a backup, or move it away to start anew"],
  [13, "the disk is full"],
  [14, "it can't be opened: check that the folder exists and may be written"],
  [26, "it is not a database, or it is damaged: restore a backup, or move it away to start anew"],
]);

/** Why the database can't be used just now, or null when the error is of another kind. */
export function explainSqliteFailure(error: unknown): string | null {
  return FAILURES.get(primaryCode(error)) ?? null;
}

/** The same for what comes before SQLite: making and finding the file. */
export function explainOpening(error: unknown): string | null {
  if (error instanceof Error && "syscall" in error) return error.message;
  return explainSqliteFailure(error);
}

export function isLocked(error: unknown): boolean {
  return primaryCode(error) === LOCKED;
}

export function isDamaged(error: unknown): boolean {
  return primaryCode(error) === DAMAGED;
}

const LOCKED = 5;
const DAMAGED = 11;

/** The low byte; the others only say more about it. */
function primaryCode(error: unknown): number {
  return error instanceof Error && "errcode" in error ? Number(error.errcode) & 0xff : 0;
}
