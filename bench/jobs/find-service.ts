import { spawnSync } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { delimiter, join } from "node:path";
import { searchPath } from "../../test/support/search-path.ts";
import { say } from "../support/say.ts";

export interface ServiceProgram {
  readonly name: string;
  /** The Debian package that brings it. */
  readonly debianPackage: string;
  /** Where it is when it is not on the path. */
  readonly elsewhere: readonly string[];
}

/** The folder that holds the program, after an attempt to install it; null where that fails, and then it was said. */
export function findService(program: ServiceProgram): string | null {
  const folder = lookFor(program) ?? (install(program) ? lookFor(program) : null);
  const { name, debianPackage } = program;
  if (folder === null) {
    say(`no ${name}: its peer is left out. Install it: sudo apt-get install ${debianPackage}`);
  }
  return folder;
}

function install({ debianPackage }: ServiceProgram): boolean {
  if (process.getuid?.() !== 0) return false;
  say(`installs ${debianPackage} (apt-get)`);
  const command = ["install", "-qq", "-y", "--no-install-recommends", debianPackage];
  return spawnSync("apt-get", command, { stdio: "ignore" }).status === 0;
}

function lookFor({ name, elsewhere }: ServiceProgram): string | null {
  const folders = [...searchPath().split(delimiter), ...globSync([...elsewhere])];
  return folders.find((folder) => existsSync(join(folder, name))) ?? null;
}
