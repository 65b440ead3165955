import { access, constants } from "node:fs/promises";
import { join } from "node:path";

interface BrowserRow {
  readonly names: readonly string[];
  readonly why: string;
}

/** The first that is there is taken. */
const BROWSERS: readonly BrowserRow[] = [
  {
    names: ["chromium-headless-shell", "chrome-headless-shell", "headless_shell"],
    why: "without windows it needs a third less",
  },
  { names: ["chromium", "chromium-browser"], why: "the distributions' package" },
  { names: ["google-chrome-stable", "google-chrome", "chrome"], why: "Google's package" },
];

/** Where packages put programs. The search path is the user's: it may lead to a wrapper, or to anything. */
const FOLDERS: readonly string[] = ["/usr/local/bin", "/usr/bin", "/bin", "/snap/bin"];

/** Where packages put programs that stand in no such folder. */
const OTHER_PLACES: readonly string[] = [
  "/usr/lib/chromium/chromium",
  "/opt/google/chrome/chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** Chromium or its headless shell: the one that is configured, or one on this machine; null where there is none. */
export async function findBrowser(configured: string | null): Promise<string | null> {
  if (configured !== null) return (await isProgram(configured)) ? configured : null;
  const names = BROWSERS.flatMap((row) => row.names);
  const found = names.flatMap((name) => FOLDERS.map((folder) => join(folder, name)));
  for (const path of [...found, ...OTHER_PLACES]) {
    if (await isProgram(path)) return path;
  }
  return null;
}

function isProgram(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
