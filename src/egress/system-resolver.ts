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
export function createSystemResolver(options: ResolverOptions = {}): Resolve {
  const servers = new Resolver({ timeout: 2000, tries: 3, maxTimeout: 5000 });
  if (options.servers !== undefined) servers.setServers(options.servers);
  const isLocalName = createLocalNames();
  const resolve = async (name: string) =>
    (await isLocalName(name)) ? lookUp(name) : askServers(servers, name);
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

function createLocalNames(): (name: string) => Promise<boolean> {
  let names = Promise.resolve(new Set<string>());
  let readAt = Number.NEGATIVE_INFINITY;
  return async (name) => {
    if (!name.includes(".")) return true;
    if (performance.now() - readAt > HOSTS_FILE_MAX_AGE_MS) {
      readAt = performance.now();
      names = readHostsFile();
    }
    return (await names).has(name);
  };
}

async function readHostsFile(): Promise<Set<string>> {
  // A machine without the file has no names in it.
  const text = await readFile(HOSTS_FILE, "utf8").catch(() => "");
  const lines = text.split("\n").map((line) => line.replace(/#.*/, "").trim());
  return new Set(lines.flatMap((line) => line.toLowerCase().split(/\s+/).slice(1)));
}
