import { lookup, Resolver } from "node:dns/promises";
import { readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { abandonable } from "./abandonable.ts";

/** All addresses of a name, in the order in which they are to be tried. */
export type Resolve = (hostname: string, signal: AbortSignal) => Promise<readonly string[]>;

interface ResolverOptions {
  /** `address:port`. Default: the machine's. */
  readonly servers?: readonly string[];
}

/**
 * Asks the machine's DNS servers. The system's own look-up would hold one of the process's few I/O threads for
 * as long as a slow server likes, and with it the look-ups of everybody: it is asked only for what DNS servers
 * do not know, the names of the hosts file and those without a dot.
 */
export function createSystemResolver({ servers }: ResolverOptions = {}): Resolve {
  const dns = keepFor(SERVERS_MAX_AGE_MS, () => openResolver(servers));
  const localNames = keepFor(HOSTS_FILE_MAX_AGE_MS, readHostsFile);
  const resolve = async (name: string) => {
    const isLocal = !name.includes(".") || (await localNames()).has(name);
    return isLocal ? lookUp(name) : askServers(dns(), name);
  };
  // A name that ends with a dot is the same name, written as complete.
  return (hostname, signal) => abandonable(resolve(hostname.replace(/\.$/, "")), signal);
}

async function lookUp(name: string): Promise<string[]> {
  const found = await lookup(name, { all: true, order: "verbatim" });
  return found.map(({ address }) => address);
}

async function askServers(servers: Resolver, name: string): Promise<string[]> {
  const ipv4 = servers.resolve4(name);
  const ipv6 = servers.resolve6(name);
  const answers = await Promise.allSettled([soonAfter(ipv4, ipv6), soonAfter(ipv6, ipv4)]);
  const [four, six] = answers.map((answer) => (answer.status === "fulfilled" ? answer.value : []));
  const addresses = [...(six ?? []), ...(four ?? [])];
  if (addresses.length > 0) return addresses;
  const failures = answers.flatMap((answer) =>
    answer.status === "rejected" ? [answer.reason] : [],
  );
  if (failures.some(isWithoutServers)) return lookUp(name);
  throw new AggregateError(failures, "no addresses");
}

const SECOND_FAMILY_PATIENCE_MS = 1000;

/** Some servers never answer for the family that they don't know: with one answer there, the other's time is short. */
async function soonAfter(answer: Promise<string[]>, other: Promise<string[]>): Promise<string[]> {
  const otherIsLate = other.then(
    () => wait(SECOND_FAMILY_PATIENCE_MS, [], { ref: false }),
    () => answer,
  );
  return Promise.race([answer, otherIsLate]);
}

function isWithoutServers(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ECONNREFUSED";
}

const HOSTS_FILE = "/etc/hosts";
const HOSTS_FILE_MAX_AGE_MS = 5000;
/** A machine that changes its network gets others, which an open resolver does not notice. */
const SERVERS_MAX_AGE_MS = 30_000;

function openResolver(servers: readonly string[] | undefined): Resolver {
  const resolver = new Resolver({ timeout: 2000, tries: 3, maxTimeout: 5000 });
  if (servers !== undefined) resolver.setServers(servers);
  return resolver;
}

function keepFor<T>(maxAgeMs: number, make: () => T): () => T {
  let kept: { readonly value: T; readonly madeAt: number } | null = null;
  return () => {
    const now = performance.now();
    if (kept === null || now - kept.madeAt > maxAgeMs) kept = { value: make(), madeAt: now };
    return kept.value;
  };
}

async function readHostsFile(): Promise<Set<string>> {
  // A machine without the file has no names in it.
  const text = await readFile(HOSTS_FILE, "utf8").catch(() => "");
  const lines = text.split("\n").map((line) => line.replace(/#.*/, "").trim());
  return new Set(lines.flatMap((line) => line.toLowerCase().split(/\s+/).slice(1)));
}
