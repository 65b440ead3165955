// A process for crash tests: inserts keys, several at once, and tells its parent which are acknowledged, or why no more are.
import { openStore } from "../../src/store/open-store.ts";
import { storedKey } from "./stored-key.ts";

// A file that may grow no more is then an error of the write, as on a full disk, and not a signal that kills.
process.on("SIGXFSZ", () => undefined);
const store = await openStore({ dataDir: process.argv[2] ?? "", role: "server" });
try {
  await Promise.all(Array.from({ length: 8 }, insertForever));
} catch (error) {
  const { code, cause } = Object(error);
  process.send?.({ failed: `${code}: ${cause}`, readable: (await store.keys.list()).length });
  await store.stop();
  process.disconnect?.();
}

async function insertForever(): Promise<void> {
  for (;;) {
    const stored = storedKey({});
    await store.keys.insert(stored);
    process.send?.(stored.key.id);
  }
}
