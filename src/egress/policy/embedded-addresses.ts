import ipaddr from "ipaddr.js";

/**
 * The IPv4 addresses at which a packet to this IPv6 address may come out, because a gateway or a tunnel
 * reads them from it. Whoever may not be asked directly may not be asked through one of these either.
 */
export function embeddedAddresses(address: ipaddr.IPv6): ipaddr.IPv4[] {
  const wrapping = WRAPPINGS.find(({ network }) => address.match(network));
  const isatap = isIsatap(address) ? [ipv4At(address, 12)] : [];
  return [...(wrapping?.unwrap(address) ?? []), ...isatap];
}

interface Wrapping {
  readonly network: [ipaddr.IPv6, number];
  readonly what: string;
  readonly rfc: string;
  readonly unwrap: (address: ipaddr.IPv6) => ipaddr.IPv4[];
}

const lastFourBytes = (address: ipaddr.IPv6) => [ipv4At(address, 12)];

// The first row that matches counts.
const WRAPPINGS: readonly Wrapping[] = [
  {
    network: ipaddr.IPv6.parseCIDR("::/127"),
    what: "unspecified and loopback: in the IPv4-compatible prefix, but nothing is wrapped in them",
    rfc: "RFC 4291",
    unwrap: () => [],
  },
  {
    network: ipaddr.IPv6.parseCIDR("::ffff:0:0/96"),
    what: "IPv4-mapped",
    rfc: "RFC 4291",
    unwrap: lastFourBytes,
  },
  {
    network: ipaddr.IPv6.parseCIDR("::ffff:0:0:0/96"),
    what: "IPv4-translated",
    rfc: "RFC 2765",
    unwrap: lastFourBytes,
  },
  {
    network: ipaddr.IPv6.parseCIDR("::/96"),
    what: "IPv4-compatible",
    rfc: "RFC 4291",
    unwrap: lastFourBytes,
  },
  {
    network: ipaddr.IPv6.parseCIDR("64:ff9b::/96"),
    what: "NAT64, the well-known prefix",
    rfc: "RFC 6052",
    unwrap: lastFourBytes,
  },
  {
    network: ipaddr.IPv6.parseCIDR("64:ff9b:1::/48"),
    what: "NAT64 of local use",
    rfc: "RFC 8215",
    unwrap: unwrapLocalNat64,
  },
  {
    network: ipaddr.IPv6.parseCIDR("2002::/16"),
    what: "6to4",
    rfc: "RFC 3056",
    unwrap: (address) => [ipv4At(address, 2)],
  },
  {
    network: ipaddr.IPv6.parseCIDR("2001::/32"),
    what: "Teredo: the server, and the client with its bits turned over",
    rfc: "RFC 4380",
    unwrap: (address) => [
      ipv4At(address, 4),
      new ipaddr.IPv4(ipv4At(address, 12).octets.map((octet) => octet ^ 0xff)),
    ],
  },
];

function ipv4At(address: ipaddr.IPv6, firstByte: number): ipaddr.IPv4 {
  return new ipaddr.IPv4(address.toByteArray().slice(firstByte, firstByte + 4));
}

/**
 * The gateway's prefix may end at bit 48, 56, 64 or 96, and with all but the last the address skips byte 8
 * (RFC 6052 section 2.2). Zeros before the last four bytes speak for 96; otherwise each reading counts.
 */
function unwrapLocalNat64(address: ipaddr.IPv6): ipaddr.IPv4[] {
  const bytes = address.toByteArray();
  if (bytes.slice(8, 12).every((byte) => byte === 0)) return lastFourBytes(address);
  const withoutByte8 = bytes.toSpliced(8, 1);
  const readings = [6, 7, 8].map((start) => withoutByte8.slice(start, start + 4));
  return [...readings.map((octets) => new ipaddr.IPv4(octets)), ipv4At(address, 12)];
}

/** Interface identifiers 0000:5efe:… and 0200:5efe:…, under any prefix (RFC 5214 section 6.1). */
function isIsatap(address: ipaddr.IPv6): boolean {
  const [, , , , fifth = 0, sixth = 0] = address.parts;
  return (fifth & 0xfdff) === 0 && sixth === 0x5efe;
}
