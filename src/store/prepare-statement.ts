import { type Compilable, type Expression, sql } from "kysely";

/** Stands in a statement for a value that each run brings. */
export type Slot<Values> = <Name extends keyof Values>(name: Name) => Expression<Values[Name]>;

/**
 * For what runs for every job: the builder compiles it once, which takes longer than the database needs to run it,
 * and each run only binds its values.
 */
export function prepareStatement<Values, Row>(
  build: (slot: Slot<Values>) => Compilable<Row>,
): (values: Values) => Compilable<Row> {
  const names = new Map<unknown, keyof Values>();
  const compiled = build((name) => {
    const marker = {};
    names.set(marker, name);
    return sql<Values[typeof name]>`${marker}`;
  }).compile();
  return (values) => {
    const parameters = compiled.parameters.map((parameter) => {
      const name = names.get(parameter);
      return name === undefined ? parameter : values[name];
    });
    return { compile: () => ({ ...compiled, parameters }) };
  };
}

type SlotsOf<Values, Column extends keyof Values> = {
  readonly [Name in Column]: Expression<Values[Name]>;
};

/** A slot for each of the columns, as a row to insert or to set. */
export function slotsOf<Values, Column extends keyof Values>(
  slot: Slot<Values>,
  columns: readonly Column[],
): SlotsOf<Values, Column> {
  const slots = columns.map((column) => [column, slot(column)] as const);
  // Object.fromEntries forgets which key has which value.
  return Object.fromEntries(slots) as SlotsOf<Values, Column>;
}
