import type ipaddr from "ipaddr.js";
import type { PortRange } from "./port-range.ts";

/** What the operator lets out, beside the rule that only globally routable unicast may be asked. */
export interface EgressPolicy {
  /** `QUERN_ALLOW_NETWORKS`: let through although they are not public. */
  readonly networks: readonly AllowedNetwork[];
  /** `QUERN_ALLOW_PORTS`: of public hosts. */
  readonly ports: readonly PortRange[];
}

export interface AllowedNetwork {
  readonly address: ipaddr.IPv4 | ipaddr.IPv6;
  readonly prefixLength: number;
  /** Networks bring their own ports: those of public hosts say nothing about them. */
  readonly ports: readonly PortRange[];
}
