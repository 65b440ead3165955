import { PageError } from "../contract/app-error.ts";
import type { Egress } from "./egress.ts";
import { createHostGate, type HostLimits } from "./host-gate.ts";
import { hostKey } from "./policy/host-key.ts";
import { startBrowserProxy } from "./start-browser-proxy.ts";
import { createWayOut, type WayOutDeps } from "./way-out.ts";

export type EgressDeps = HostLimits & Omit<WayOutDeps, "now">;

export function createEgress(deps: EgressDeps): Egress {
  const now = () => performance.now();
  const gate = createHostGate({ ...deps, now });
  const wayOut = createWayOut({ ...deps, now });

  return {
    waitForTurn: (url, signal) => gate.waitForTurn(hostKey(url), signal),
    hasTurn: gate.hasTurn,
    fullHosts: gate.fullHosts,
    async request({ turn, ...order }) {
      try {
        const release = () => turn.release();
        return await wayOut.ask({ ...order, method: "GET", body: null, onEnd: release });
      } catch (error) {
        turn.release();
        throw error;
      }
    },
    startBrowserProxy: (limits) => startBrowserProxy({ wayOut, limits }),
    async stop() {
      wayOut.stop(new PageError("CANCELLED", { message: "Quern is stopping." }));
    },
  };
}
