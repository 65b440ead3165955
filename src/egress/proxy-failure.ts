import { PageError } from "../contract/app-error.ts";

interface FailureRow {
  readonly message: string;
  /** The proxy will fail others too. Where the target may be the cause, other pages go on through this proxy. */
  readonly isSick: boolean;
}

const FAILURES = {
  connect: { message: "The proxy accepted no connection.", isSick: true },
  tls: { message: "No secure connection to the proxy could be made.", isSick: true },
  auth: { message: "The proxy refused its credentials.", isSick: true },
  protocol: { message: "The proxy did not speak its protocol.", isSick: true },
  timeout: { message: "The proxy did not open a way to the host in time.", isSick: false },
  refused: { message: "The proxy opened no way to the host.", isSick: false },
} as const satisfies Record<string, FailureRow>;

interface FailureFacts {
  readonly cause?: unknown;
  /** Where more is known than the reason tells. */
  readonly isSick?: boolean;
}

export type ProxyFailureReason = keyof typeof FAILURES;

/** What went wrong at the proxy, before the host was reached. */
export class ProxyFailure extends PageError {
  readonly isSick: boolean;

  constructor(reason: ProxyFailureReason, { cause, isSick }: FailureFacts = {}) {
    super("PROXY_ERROR", { message: FAILURES[reason].message, details: { reason }, cause });
    this.isSick = isSick ?? FAILURES[reason].isSick;
  }
}
