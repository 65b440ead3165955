import { CdpError } from "../cdp/cdp-connection.ts";
import type { ScriptFailure } from "../cdp/protocol.ts";
import type { Tab } from "./tab.ts";

/** Runs functions in the page's document, where its own scripts can neither see nor disturb them. */
export interface IsolatedWorld {
  /**
   * The text of `script` is what is sent, so that it may call nothing but its `parts`; its argument and its answer are JSON.
   * @throws ScriptError with what it threw, CdpError, BrowserGone
   */
  run<Argument, Answer>(
    script: (argument: Argument) => Answer,
    argument: Argument,
    parts?: readonly PagePart[],
  ): Promise<Answer>;
}

/** A function that a script calls by its name. */
type PagePart = (...values: never[]) => unknown;

export class ScriptError extends Error {
  override readonly name = "ScriptError";
  /** Of what was thrown in the page. */
  readonly className: string;

  constructor({ text, exception }: ScriptFailure) {
    super(exception?.description ?? text);
    this.className = exception?.className ?? "";
  }
}

const NAME = "quern";
/** A page that goes on takes its world with it: how often that may happen in the middle of a script. */
const TRIES = 5;

export function openIsolatedWorld({ session, id }: Pick<Tab, "session" | "id">): IsolatedWorld {
  let contextId: number | null = null;
  session.on("Page.frameNavigated", ({ frame }) => {
    if (frame.id === id) contextId = null;
  });

  async function evaluate(expression: string): Promise<unknown> {
    contextId ??= (await session.send("Page.createIsolatedWorld", { frameId: id, worldName: NAME }))
      .executionContextId;
    const call = { expression, contextId, returnByValue: true } as const;
    const { result, exceptionDetails } = await session.send("Runtime.evaluate", call);
    if (exceptionDetails !== undefined) throw new ScriptError(exceptionDetails);
    return result.value;
  }

  async function evaluateAgain(expression: string, triesLeft: number): Promise<unknown> {
    try {
      return await evaluate(expression);
    } catch (error) {
      if (!(error instanceof CdpError) || triesLeft === 0) throw error;
      contextId = null;
      return evaluateAgain(expression, triesLeft - 1);
    }
  }

  return {
    run: async <Argument, Answer>(
      script: (argument: Argument) => Answer,
      argument: Argument,
      parts: readonly PagePart[] = [],
    ) => {
      const call = `return (${script})(${JSON.stringify(argument)});`;
      const expression = `(() => { ${[...parts, call].join("\n")} })()`;
      // JSON of what the script returns has the shape of what it returns.
      return (await evaluateAgain(expression, TRIES)) as Answer;
    },
  };
}
