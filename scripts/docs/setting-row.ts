/** What the documents tell of a setting. */
export interface SettingRow {
  readonly name: string;
  /** As text: a value, or what holds where there is none. */
  readonly default: string;
  readonly description: string;
  /** Whether a text is a value of this setting. */
  readonly parse: (text: string) => { readonly ok: boolean };
}

/** Whether the default is a text that one could set, and not a description of what happens. */
export function hasLiteralDefault({ default: text, parse }: SettingRow): boolean {
  // <version> and the like stand for what the program fills in.
  return !text.includes("<") && parse(text).ok;
}
