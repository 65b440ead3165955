import { hasLiteralDefault, type SettingRow } from "./setting-row.ts";

/** .env.example: every setting, commented out, with its default. */
export function renderEnvExample(settings: readonly SettingRow[]): string {
  return [
    "# Settings of Quern. Copy to .env and take the # away from what you want to change.",
    ...settings.map(renderSetting),
  ].join("\n\n");
}

function renderSetting(row: SettingRow): string {
  const isValue = hasLiteralDefault(row);
  return [
    `# ${row.description}`,
    ...(isValue ? [] : [`# Default: ${row.default}`]),
    `#${row.name}=${isValue ? row.default : ""}`,
  ].join("\n");
}
