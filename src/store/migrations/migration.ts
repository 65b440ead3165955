/** One step of the schema. A released one never changes: its checksum is recorded in every database that ran it. */
export interface Migration {
  /** 1, 2, 3 … without gaps. */
  readonly version: number;
  readonly name: string;
  readonly sqlite: string;
}
