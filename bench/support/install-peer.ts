import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { say } from "./say.ts";

export const PEERS = join(import.meta.dirname, "../peers");

/** Brings what a peer needs: nothing of it belongs to the product. */
export async function installPeer(name: string): Promise<void> {
  if (existsSync(join(PEERS, name, "node_modules"))) return;
  say(`installs the libraries of bench/peers/${name}`);
  const options = { cwd: join(PEERS, name), timeout: 300_000 };
  await promisify(execFile)("npm", ["ci", "--ignore-scripts"], options);
}
