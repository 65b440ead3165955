import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { searchPath } from "./search-path.ts";

/** @throws Error that says what to install. */
export async function findChromium(): Promise<string> {
  const names = ["chromium", "chromium-browser", "google-chrome", "chromium-headless-shell"];
  const folders = searchPath().split(delimiter);
  for (const file of names.flatMap((name) => folders.map((folder) => join(folder, name)))) {
    if (await isExecutable(file)) return file;
  }
  throw new Error("No Chromium: install it with apt-get install chromium");
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
