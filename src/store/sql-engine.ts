import type { Compilable, Kysely } from "kysely";
import type { Schema } from "./schema.ts";

/**
 * Runs statements that are written once for every database. Stores build them with {@link SqlEngine.query} and
 * hand them over; which SQL comes out, how many commit together and in which thread is the engine's affair.
 */
export interface SqlEngine {
  /** Builds statements; it cannot run them. */
  readonly query: Kysely<Schema>;
  /** Sees everything that was committed before the call. @throws RequestError UNAVAILABLE */
  read<Row>(query: Compilable<Row>): Promise<readonly Row[]>;
  /** As `read`, for what may look at very many rows: it holds up nobody else. @throws RequestError UNAVAILABLE */
  scan<Row>(query: Compilable<Row>): Promise<readonly Row[]>;
  /**
   * Runs the steps in one transaction and resolves after its commit. When a required step changes nothing,
   * nothing of the unit happens. @throws RequestError UNAVAILABLE
   */
  write<Rows extends readonly unknown[]>(unit: UnitOf<Rows>): Promise<UnitOutcome<Rows>>;
  /** Gives back some of the space that deletions freed, where it is worth it. @throws RequestError UNAVAILABLE */
  compact(): Promise<void>;
}

export interface Step<Row> {
  readonly query: Compilable<Row>;
  /** For a state change that is guarded in its WHERE: without a row that fits the whole unit is off. */
  readonly required?: boolean;
}

export type UnitOf<Rows extends readonly unknown[]> = {
  readonly [Index in keyof Rows]: Step<Rows[Index]>;
};

export type UnitOutcome<Rows extends readonly unknown[]> =
  | {
      readonly applied: true;
      readonly results: { readonly [Index in keyof Rows]: StepResult<Rows[Index]> };
    }
  | { readonly applied: false };

export interface StepResult<Row> {
  /** What `returning` gave. */
  readonly rows: readonly Row[];
  /** Rows inserted, updated or deleted. */
  readonly changes: number;
}
