/** Addresses that are not globally routable unicast, although their neighbours may be. */
export interface SpecialNetwork {
  readonly cidr: string;
  readonly what: string;
  /** What reserves it. */
  readonly rfc: string;
}

/**
 * IANA IPv4 Special-Purpose Address Registry (RFC 6890), and multicast. Anycast services that the registry calls
 * globally reachable stand here too: whoever asks them is answered by the nearest one, which may be inside.
 */
export const SPECIAL_IPV4: readonly SpecialNetwork[] = [
  { cidr: "0.0.0.0/8", what: "this network", rfc: "RFC 791, RFC 1122" },
  { cidr: "10.0.0.0/8", what: "private use", rfc: "RFC 1918" },
  { cidr: "100.64.0.0/10", what: "shared by carrier-grade NAT", rfc: "RFC 6598" },
  { cidr: "127.0.0.0/8", what: "loopback", rfc: "RFC 1122" },
  { cidr: "169.254.0.0/16", what: "link-local, cloud metadata", rfc: "RFC 3927" },
  { cidr: "172.16.0.0/12", what: "private use", rfc: "RFC 1918" },
  { cidr: "192.0.0.0/24", what: "protocol assignments: what follows and others", rfc: "RFC 6890" },
  { cidr: "192.0.0.0/29", what: "IPv4 service continuity (DS-Lite)", rfc: "RFC 7335" },
  { cidr: "192.0.0.8/32", what: "dummy address", rfc: "RFC 7600" },
  { cidr: "192.0.0.9/32", what: "Port Control Protocol anycast", rfc: "RFC 7723" },
  { cidr: "192.0.0.10/32", what: "TURN anycast", rfc: "RFC 8155" },
  { cidr: "192.0.0.170/31", what: "NAT64 and DNS64 discovery", rfc: "RFC 7050, RFC 8880" },
  { cidr: "192.0.2.0/24", what: "documentation (TEST-NET-1)", rfc: "RFC 5737" },
  { cidr: "192.31.196.0/24", what: "AS112 anycast", rfc: "RFC 7535" },
  { cidr: "192.52.193.0/24", what: "AMT relay anycast", rfc: "RFC 7450" },
  { cidr: "192.88.99.0/24", what: "6to4 relay anycast, deprecated", rfc: "RFC 7526" },
  { cidr: "192.88.99.2/32", what: "6a44 relay anycast", rfc: "RFC 6751" },
  { cidr: "192.168.0.0/16", what: "private use", rfc: "RFC 1918" },
  { cidr: "192.175.48.0/24", what: "AS112 anycast", rfc: "RFC 7534" },
  { cidr: "198.18.0.0/15", what: "benchmarking", rfc: "RFC 2544" },
  { cidr: "198.51.100.0/24", what: "documentation (TEST-NET-2)", rfc: "RFC 5737" },
  { cidr: "203.0.113.0/24", what: "documentation (TEST-NET-3)", rfc: "RFC 5737" },
  { cidr: "224.0.0.0/4", what: "multicast", rfc: "RFC 5771" },
  { cidr: "240.0.0.0/4", what: "reserved", rfc: "RFC 1112" },
  { cidr: "255.255.255.255/32", what: "limited broadcast", rfc: "RFC 919, RFC 8190" },
];

/** All that is assigned for global unicast (RFC 4291 section 2.4); whatever lies outside is refused unseen. */
export const GLOBAL_UNICAST_IPV6 = "2000::/3";

/**
 * IANA IPv6 Special-Purpose Address Registry (RFC 6890) and what RFC 4291 sets apart. The rows outside of
 * 2000::/3 would be refused without it: they stand here so that the table is whole and each of them is tested.
 * Two rows of the registry are missing, since they are ways to write an IPv4 address and judged as such:
 * ::ffff:0:0/96 (IPv4-mapped) and 64:ff9b::/96 (NAT64).
 */
export const SPECIAL_IPV6: readonly SpecialNetwork[] = [
  { cidr: "::/128", what: "unspecified", rfc: "RFC 4291" },
  { cidr: "::1/128", what: "loopback", rfc: "RFC 4291" },
  { cidr: "::/96", what: "IPv4-compatible, deprecated", rfc: "RFC 4291" },
  { cidr: "::ffff:0:0:0/96", what: "IPv4-translated", rfc: "RFC 2765" },
  { cidr: "64:ff9b:1::/48", what: "NAT64 of local use", rfc: "RFC 8215" },
  { cidr: "100::/64", what: "discard-only", rfc: "RFC 6666" },
  { cidr: "100:0:0:1::/64", what: "dummy prefix", rfc: "RFC 9780" },
  { cidr: "200::/7", what: "NSAP-mapped, returned", rfc: "RFC 4048" },
  { cidr: "2001::/23", what: "protocol assignments: what follows and others", rfc: "RFC 2928" },
  { cidr: "2001::/32", what: "Teredo", rfc: "RFC 4380" },
  { cidr: "2001:1::1/128", what: "Port Control Protocol anycast", rfc: "RFC 7723" },
  { cidr: "2001:1::2/128", what: "TURN anycast", rfc: "RFC 8155" },
  { cidr: "2001:1::3/128", what: "service registration anycast", rfc: "RFC 9665" },
  { cidr: "2001:2::/48", what: "benchmarking", rfc: "RFC 5180" },
  { cidr: "2001:3::/32", what: "AMT relay anycast", rfc: "RFC 7450" },
  { cidr: "2001:4:112::/48", what: "AS112 anycast", rfc: "RFC 7535" },
  { cidr: "2001:10::/28", what: "ORCHID, deprecated", rfc: "RFC 4843" },
  { cidr: "2001:20::/28", what: "ORCHIDv2", rfc: "RFC 7343" },
  { cidr: "2001:30::/28", what: "drone remote identification", rfc: "RFC 9374" },
  { cidr: "2001:db8::/32", what: "documentation", rfc: "RFC 3849" },
  { cidr: "2002::/16", what: "6to4, its relays deprecated", rfc: "RFC 3056, RFC 7526" },
  { cidr: "2620:4f:8000::/48", what: "AS112 anycast", rfc: "RFC 7534" },
  { cidr: "3ffe::/16", what: "6bone, returned", rfc: "RFC 3701" },
  { cidr: "3fff::/20", what: "documentation", rfc: "RFC 9637" },
  { cidr: "5f00::/16", what: "segment routing identifiers", rfc: "RFC 9602" },
  { cidr: "fc00::/7", what: "unique local", rfc: "RFC 4193" },
  { cidr: "fe80::/10", what: "link-local", rfc: "RFC 4291" },
  { cidr: "fec0::/10", what: "site-local, deprecated", rfc: "RFC 3879" },
  { cidr: "ff00::/8", what: "multicast", rfc: "RFC 4291" },
];
