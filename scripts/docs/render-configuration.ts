import { markdownTable } from "./markdown-table.ts";
import { hasLiteralDefault, type SettingRow } from "./setting-row.ts";

/** docs/reference/configuration.md, from the settings. */
export function renderConfiguration(settings: readonly SettingRow[]): string {
  const rows = settings.map((row) => [`\`${row.name}\``, renderDefault(row), row.description]);
  return [
    "# Configuration",
    "Settings are environment variables; `.env` in the working directory is read too. A flag such as `--port 8080` wins over the environment, that over `.env`, that over the default. Sizes take `KiB`, `MiB` and `GiB`; times are milliseconds. A bad setting ends the program with status 2 before it opens anything, and all of them are named at once.",
    markdownTable(["Variable", "Default", "Meaning"], rows),
  ].join("\n\n");
}

function renderDefault(row: SettingRow): string {
  return hasLiteralDefault(row) ? `\`${row.default}\`` : row.default;
}
