/** Points for the answer 1 in each column, by the column's name. A block's points add up to its log odds. */
export type Points = Readonly<Record<string, number>>;
