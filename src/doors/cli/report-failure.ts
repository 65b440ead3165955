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
  if (error instanceof RequestError) {
    const cause = error.cause instanceof Error ? ` ${error.cause.message}` : "";
    return `${error.code}: ${error.message}${cause}`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
