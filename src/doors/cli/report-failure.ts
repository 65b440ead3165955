import { QuernError } from "../../client/quern-error.ts";
import { PageError, RequestError } from "../../contract/app-error.ts";
import { StartError } from "../../contract/start-error.ts";
import { type Output, writeLine } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

/** Says on stderr what went wrong, and gives the exit code. */
export async function reportFailure(
  error: unknown,
  { stderr, help }: { stderr: Output; help: string },
): Promise<number> {
  if (error instanceof UsageError) {
    await writeLine(stderr, `quern: ${error.message}\nSee: ${help}`);
    return 2;
  }
  if (error instanceof StartError) {
    await writeLine(stderr, error.message);
    return 2;
  }
  await writeLine(stderr, describeFailure(error));
  return 1;
}

/** One line, the code first, for what is expected to fail now and then; the whole trace for what is not. */
export function describeFailure(error: unknown): string {
  if (error instanceof PageError) {
    const reason = error.reason === null ? "" : ` (${error.reason})`;
    return `${error.code}: ${error.message}${reason}`;
  }
  if (error instanceof QuernError) return describeRefusal(error);
  if (error instanceof RequestError) {
    const cause = error.cause instanceof Error ? ` ${error.cause.message}` : "";
    return `${error.code}: ${error.message}${cause}`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Every field that was refused, and where the server's own log has more, what to look for. */
function describeRefusal({ code, message, status, details, correlationId, refusals }: QuernError) {
  const reason = details?.["reason"];
  const isTheirs = status !== null && status >= 500 && correlationId !== null;
  const facts = [...(reason ? [reason] : []), ...(isTheirs ? [`request ${correlationId}`] : [])];
  const line = `${code}: ${message}${facts.length === 0 ? "" : ` (${facts.join(", ")})`}`;
  if (refusals.length < 2) return line;
  return [line, ...refusals.map(({ loc, msg }) => `  ${loc.slice(1).join(".")}: ${msg}`)].join(
    "\n",
  );
}
