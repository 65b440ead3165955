// A process for crash tests: inserts keys, several at once, and tells its parent which are acknowledged.
import { openStore } from "../../src/store/open-store.ts";
import { storedKey } from "./store-compliance.ts";

const store = await openStore({ dataDir: process.argv[2] ?? "", role: "server" });
await Promise.all(Array.from({ length: 8 }, insertForever));

async function insertForever(): Promise<void> {
  for (;;) {
    const stored = storedKey({});
    await store.keys.insert(stored);
    process.send?.(stored.key.id);
  }
}
