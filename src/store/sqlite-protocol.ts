/** What the event loop asks of the thread that owns the database: one row per kind, the answer beside it. */
interface Exchanges {
  /** False: the schema has to be brought up to date and `mayMigrate` is false. */
  open: { task: { file: string; busyTimeoutMs: number; mayMigrate: boolean }; answer: boolean };
  write: { task: { unit: readonly StatementOrder[] }; answer: UnitResult };
  read: { task: { statement: Statement }; answer: readonly SqlRow[] };
  compact: { task: object; answer: null };
  backup: { task: { file: string }; answer: null };
  /** What is wrong with the file, or nothing. */
  check: { task: object; answer: readonly string[] };
  ping: { task: object; answer: null };
  close: { task: object; answer: null };
}

export type TaskKind = keyof Exchanges;
export type Task<Kind extends TaskKind> = Kind extends TaskKind
  ? { readonly kind: Kind } & Readonly<Exchanges[Kind]["task"]>
  : never;
export type Answer<Kind extends TaskKind> = Exchanges[Kind]["answer"];
export type Order<Kind extends TaskKind = TaskKind> = Task<Kind> & { readonly id: number };

export type SqlValue = string | number | bigint | Uint8Array | null;
export type SqlRow = Readonly<Record<string, SqlValue>>;

export interface Statement {
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
}

export interface StatementOrder extends Statement {
  /** The unit is off when this one changes nothing. */
  readonly required: boolean;
}

export interface StatementResult {
  readonly rows: readonly SqlRow[];
  readonly changes: number;
}

/** Null: a required statement changed nothing, so nothing of the unit happened. */
export type UnitResult = readonly StatementResult[] | null;

export type Reply = { readonly id: number } & Result;
export type Result =
  | { readonly ok: true; readonly value: Answer<TaskKind> }
  | { readonly ok: false; readonly failure: ThreadFailure };

export interface ThreadFailure {
  /** refused: the operator has to act. away: the database can't be used now. bug: ours. */
  readonly kind: "refused" | "away" | "bug";
  readonly message: string;
}
