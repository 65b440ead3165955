import type { IncomingMessage } from "node:http";
import type { BrowserProxyLimits, BrowserVisit } from "./browser-proxy.ts";
import { OpenPass } from "./open-pass.ts";
import { readBasicCredentials } from "./read-basic-credentials.ts";

/** All passes that are open, and which one a request shows. */
export class PassOffice {
  readonly #limits: BrowserProxyLimits;
  readonly #passes = new Map<string, OpenPass>();

  constructor(limits: BrowserProxyLimits) {
    this.#limits = limits;
  }

  open(visit: BrowserVisit): OpenPass {
    const onClose = () => this.#passes.delete(pass.username);
    const pass: OpenPass = new OpenPass({ visit, limits: this.#limits, onClose });
    this.#passes.set(pass.username, pass);
    if (visit.signal.aborted) pass.close();
    return pass;
  }

  find({ headers }: IncomingMessage): OpenPass | null {
    const shown = readBasicCredentials(headers["proxy-authorization"] ?? "");
    const pass = this.#passes.get(shown?.user ?? "");
    return pass?.hasPassword(shown?.password ?? "") ? pass : null;
  }

  closeAll(): void {
    for (const pass of this.#passes.values()) pass.close();
  }
}
