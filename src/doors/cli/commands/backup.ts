import { resolve } from "node:path";
import type { Command } from "../command.ts";
import { writeLine } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

export const backup: Command = {
  name: "backup",
  usage: ["backup FILE"],
  summary: "Writes a consistent copy of the embedded database while it is in use",
  flags: {},
  async run({ positionals, loadConfig, terminal }) {
    const [file, unwanted] = positionals;
    if (file === undefined) throw new UsageError("backup needs a file to write to");
    if (unwanted !== undefined)
      throw new UsageError(`backup takes one file, not "${unwanted}" too`);
    const config = await loadConfig();
    const { openStoreAdmin } = await import("../../../app.ts");
    const admin = await openStoreAdmin(config);
    try {
      await admin.backup(resolve(file));
    } finally {
      await admin.stop();
    }
    await writeLine(terminal.stderr, `Written: ${resolve(file)}`);
    return 0;
  },
};
