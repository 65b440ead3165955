import { createClient, type QuernClient } from "../../../client/create-client.ts";
import type { CommandContext } from "../command.ts";
import { UsageError } from "../usage-error.ts";

/** Speaks to the server that flags or settings name. @throws UsageError, StartError */
export async function openClient({
  flags,
  loadConfig,
}: Pick<CommandContext, "flags" | "loadConfig">): Promise<QuernClient> {
  const config = await loadConfig();
  const server = flags.text("server") ?? config.server;
  const key = flags.text("key") ?? config.apiKey;
  if (server === null || key === null) throw new UsageError(describeMissing({ server, key }));
  try {
    return createClient({ server, key });
  } catch (cause) {
    if (cause instanceof TypeError) throw new UsageError(cause.message, { cause });
    throw cause;
  }
}

interface Address {
  readonly server: string | null;
  readonly key: string | null;
}

function describeMissing({ server, key }: Address): string {
  const missing = [
    ...(server === null ? ["the server's address: --server URL, or QUERN_SERVER"] : []),
    ...(key === null ? ["an API key: --key KEY, or QUERN_API_KEY"] : []),
  ];
  return `jobs needs ${missing.join("; and ")}`;
}
