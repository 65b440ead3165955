import { isAbsolute } from "node:path";
import { toBaseUrl } from "./client/base-url.ts";
import { nearestName } from "./contract/nearest-name.ts";
import type { EgressPolicy } from "./egress/policy/egress-policy.ts";
import { parseNetworks } from "./egress/policy/parse-networks.ts";
import { parsePorts } from "./egress/policy/parse-ports.ts";
import { type ConfiguredProxy, parseProxies } from "./egress/policy/parse-proxies.ts";
import type { Parsed } from "./egress/policy/parsed.ts";

/** What a default may depend on. */
export interface Machine {
  readonly cores: number;
  /** Of the container where there is a limit, else of the host. */
  readonly memoryBytes: number;
}

/** One setting: its row in the reference, in `.env.example` and in the parser. */
export interface Setting<Value> {
  readonly name: `QUERN_${string}`;
  /** As the reference shows it. */
  readonly default: string;
  readonly description: string;
  /** Its text is never shown. */
  readonly isSecret?: boolean;
  /** For text that is not empty. */
  readonly parse: (text: string) => Parsed<Value>;
  /** Where the setting is absent or empty. */
  readonly fallback: (machine: Machine) => Value;
}

/** Every setting that this version reads: the one origin of names, defaults and allowed values. */
export const SETTINGS = {
  host: setting({
    name: "QUERN_HOST",
    default: "127.0.0.1",
    description: "Address to listen on. `0.0.0.0` or `::` for every address of the machine.",
    parse: parseHost,
    fallback: () => "127.0.0.1",
  }),
  port: setting({
    name: "QUERN_PORT",
    default: "3400",
    description: "Port to listen on; 0 picks a free one, and the first line of output says which.",
    parse: wholeNumber({ min: 0, max: 65_535 }),
    fallback: () => 3400,
  }),
  dataDir: setting({
    name: "QUERN_DATA_DIR",
    default: "./data",
    description: "Folder of the embedded database.",
    parse: anyText,
    fallback: () => "./data",
  }),
  apiKey: setting<string | null>({
    name: "QUERN_API_KEY",
    default: "unset: one is made at the first start",
    description:
      "A key that always works, for containers and tests; at least 16 characters. For `quern jobs` the key that it sends.",
    isSecret: true,
    parse: parseApiKey,
    fallback: () => null,
  }),
  server: setting<string | null>({
    name: "QUERN_SERVER",
    default: "unset",
    description: "The server that `quern jobs` speaks to, such as `http://127.0.0.1:3400`.",
    parse: parseServer,
    fallback: () => null,
  }),
  allowNetworks: setting<EgressPolicy["networks"]>({
    name: "QUERN_ALLOW_NETWORKS",
    default: "empty",
    description:
      "Networks that may be asked although they are not public: a comma list of CIDR, optionally with ports, such as `127.0.0.1/32:8000-8100,10.1.0.0/16`.",
    parse: parseNetworks,
    fallback: () => [],
  }),
  allowPorts: setting<EgressPolicy["ports"]>({
    name: "QUERN_ALLOW_PORTS",
    default: "all but those that the Fetch standard blocks",
    description: "Ports of public hosts that may be asked, such as `80,443,8000-8999`.",
    parse: parsePorts,
    fallback: () => orThrow(parsePorts("")),
  }),
  concurrency: setting({
    name: "QUERN_CONCURRENCY",
    default: "16 for each core, at most one for each 48 MiB of memory, 4 to 256",
    description: "Pages worked on at once.",
    parse: wholeNumber({ min: 1, max: 10_000 }),
    fallback: defaultConcurrency,
  }),
  hostConcurrency: setting({
    name: "QUERN_HOST_CONCURRENCY",
    default: "6",
    description: "Requests to one target host at once.",
    parse: wholeNumber({ min: 1, max: 1000 }),
    fallback: () => 6,
  }),
  hostDelayMs: setting({
    name: "QUERN_HOST_DELAY_MS",
    default: "0",
    description: "Milliseconds between two requests to one target host.",
    parse: wholeNumber({ min: 0, max: 600_000 }),
    fallback: () => 0,
  }),
  keyConcurrency: setting({
    name: "QUERN_KEY_CONCURRENCY",
    default: "50",
    description: "Pages of one key at once: over it jobs wait, and a synchronous request gets 429.",
    parse: wholeNumber({ min: 1, max: 10_000 }),
    fallback: () => 50,
  }),
  queueLimit: setting({
    name: "QUERN_QUEUE_LIMIT",
    default: "100000",
    description: "Open jobs; beyond it a submission gets 429 QUEUE_FULL.",
    parse: wholeNumber({ min: 1, max: 10_000_000 }),
    fallback: () => 100_000,
  }),
  retentionHours: setting({
    name: "QUERN_RETENTION_HOURS",
    default: "72",
    description: "Hours that results of ended jobs are kept; their rows stay in lists for 30 days.",
    parse: wholeNumber({ min: 1, max: 8760 }),
    fallback: () => 72,
  }),
  leaseMs: setting({
    name: "QUERN_LEASE_MS",
    default: "10000",
    description:
      "Milliseconds after which a silent worker loses its jobs; a restart on the same data folder takes its own back at once.",
    parse: wholeNumber({ min: 500, max: 600_000 }),
    fallback: () => 10_000,
  }),
  maxAttempts: setting({
    name: "QUERN_MAX_ATTEMPTS",
    default: "3",
    description: "The worker death at which a job fails as poison.",
    parse: wholeNumber({ min: 1, max: 100 }),
    fallback: () => 3,
  }),
  browserPath: setting<string | null>({
    name: "QUERN_BROWSER_PATH",
    default: "found on the machine",
    description: "Chromium or its headless shell, for pages that are rendered.",
    parse: parseProgram,
    fallback: () => null,
  }),
  browserPages: setting({
    name: "QUERN_BROWSER_PAGES",
    default: "4",
    description: "Pages in the browser at once; more wait.",
    parse: wholeNumber({ min: 1, max: 100 }),
    fallback: () => 4,
  }),
  browserIdleMs: setting({
    name: "QUERN_BROWSER_IDLE_MS",
    default: "30000",
    description: "Milliseconds without a page after which the browser is ended.",
    parse: wholeNumber({ min: 0, max: 3_600_000 }),
    fallback: () => 30_000,
  }),
  browserSandbox: setting<"auto" | "on" | "off">({
    name: "QUERN_BROWSER_SANDBOX",
    default: "auto",
    description:
      "`on`, `off`, or `auto`: on unless Quern runs as root or the kernel forbids it, which is a warning.",
    parse: oneOf(["auto", "on", "off"]),
    fallback: () => "auto",
  }),
  proxies: setting<readonly ConfiguredProxy[]>({
    name: "QUERN_PROXIES",
    default: "empty",
    description:
      "Comma list of `scheme://user:pass@host:port#country=US&type=residential`; schemes http, https and socks5. A proxy's own address is allowed by being named here, for that use alone.",
    isSecret: true,
    parse: parseProxies,
    fallback: () => [],
  }),
  proxyDefault: setting<"pool" | "direct">({
    name: "QUERN_PROXY_DEFAULT",
    default: "pool",
    description:
      "`pool`: where there are proxies, requests that name none go through one that fits. `direct`: they go out directly.",
    parse: oneOf(["pool", "direct"]),
    fallback: () => "pool",
  }),
  maxPageBytes: setting({
    name: "QUERN_MAX_PAGE_BYTES",
    default: "20 MiB",
    description: "Largest page, after decompression.",
    parse: size({ min: 1024, max: 256 * 1024 ** 2 }),
    fallback: () => 20 * 1024 ** 2,
  }),
  maxBodyBytes: setting({
    name: "QUERN_MAX_BODY_BYTES",
    default: "1 MiB",
    description: "Largest body of a request to Quern.",
    parse: size({ min: 1024, max: 64 * 1024 ** 2 }),
    fallback: () => 1024 ** 2,
  }),
  stopMs: setting({
    name: "QUERN_STOP_MS",
    default: "20000",
    description: "Milliseconds that SIGTERM gives running work.",
    parse: wholeNumber({ min: 0, max: 600_000 }),
    fallback: () => 20_000,
  }),
  userAgent: setting<string | null>({
    name: "QUERN_USER_AGENT",
    default: "Mozilla/5.0 (compatible; Quern/<version>; +<homepage>)",
    description: "User-Agent of requests for pages.",
    parse: parseUserAgent,
    fallback: () => null,
  }),
  logLevel: setting<"debug" | "info" | "warn" | "error" | "silent">({
    name: "QUERN_LOG_LEVEL",
    default: "info",
    description: "Least level that is logged: debug, info, warn, error or silent.",
    parse: oneOf(["debug", "info", "warn", "error", "silent"]),
    fallback: () => "info",
  }),
  logFormat: setting<"auto" | "pretty" | "json">({
    name: "QUERN_LOG_FORMAT",
    default: "auto",
    description: "pretty, json (one line each), or auto: pretty on a terminal, else json.",
    parse: oneOf(["auto", "pretty", "json"]),
    fallback: () => "auto",
  }),
} as const;

type Settings = typeof SETTINGS;

/** All settings, read once and frozen. */
export type Config = {
  readonly [Name in keyof Settings]: Settings[Name] extends Setting<infer Value> ? Value : never;
};

export type LoadedConfig =
  | { readonly ok: true; readonly config: Config; readonly warnings: readonly string[] }
  | {
      readonly ok: false;
      readonly problems: readonly string[];
      readonly warnings: readonly string[];
    };

/** The only reader of settings. Pure; names every bad setting at once, the value seen and what is allowed. */
export function loadConfig(
  env: Readonly<Record<string, string | undefined>>,
  machine: Machine,
): LoadedConfig {
  const values: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const [key, row] of Object.entries<Setting<unknown>>(SETTINGS)) {
    const text = env[row.name]?.trim() ?? "";
    const parsed =
      text === "" ? { ok: true as const, value: row.fallback(machine) } : row.parse(text);
    if (parsed.ok) values[key] = parsed.value;
    else problems.push(describeProblem(row, { text, problem: parsed.problem }));
  }
  const warnings = listUnknown(env);
  if (problems.length > 0) return { ok: false, problems, warnings };
  // The loop above has filled every key of SETTINGS with what its own row parsed.
  const config = Object.freeze(values) as Config;
  return { ok: true, config, warnings };
}

function setting<Value>(row: Setting<Value>): Setting<Value> {
  return row;
}

function describeProblem(row: Setting<unknown>, seen: { text: string; problem: string }): string {
  const value = row.isSecret ? "" : ` is "${seen.text}":`;
  return `${row.name}${value} ${seen.problem}`;
}

function listUnknown(env: Readonly<Record<string, string | undefined>>): string[] {
  const known = Object.values<Setting<unknown>>(SETTINGS).map(({ name }) => name);
  return Object.keys(env)
    .filter((name) => name.startsWith("QUERN_"))
    .filter((name) => !known.some((other) => other === name))
    .map((name) => {
      const near = nearestName(name, known);
      return `${name} is not a setting of this version${near === null ? "" : `; did you mean ${near}?`}`;
    });
}

function wholeNumber({ min, max }: { min: number; max: number }) {
  return (text: string): Parsed<number> => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return { ok: true, value };
    return { ok: false, problem: `allowed is a whole number from ${min} to ${max}` };
  };
}

const UNITS: Readonly<Record<string, number>> = {
  "": 1,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
};

function size({ min, max }: { min: number; max: number }) {
  return (text: string): Parsed<number> => {
    const [, digits = "", unit = ""] = /^(\d+)\s*(KiB|MiB|GiB)?$/.exec(text) ?? [];
    const value = digits === "" ? Number.NaN : Number(digits) * (UNITS[unit] ?? Number.NaN);
    if (value >= min && value <= max) return { ok: true, value };
    return {
      ok: false,
      problem: `allowed is a size from ${min} bytes to ${max / 1024 ** 2} MiB, in bytes or with KiB, MiB or GiB`,
    };
  };
}

function oneOf<const Word extends string>(words: readonly Word[]) {
  return (text: string): Parsed<Word> => {
    const value = words.find((word) => word === text);
    if (value !== undefined) return { ok: true, value };
    return { ok: false, problem: `allowed is ${words.join(", ")}` };
  };
}

function anyText(text: string): Parsed<string> {
  return { ok: true, value: text };
}

function parseHost(text: string): Parsed<string> {
  const value = text.replace(/^\[(.*)\]$/, "$1");
  if (/^[0-9A-Za-z.:_%-]+$/.test(value)) return { ok: true, value };
  return { ok: false, problem: "allowed is an IP address or a host name of this machine" };
}

const MIN_KEY_LENGTH = 16;

function parseProgram(text: string): Parsed<string> {
  if (isAbsolute(text)) return { ok: true, value: text };
  return { ok: false, problem: "allowed is the absolute path of a program" };
}

function parseApiKey(text: string): Parsed<string> {
  // What a header can carry.
  if (text.length >= MIN_KEY_LENGTH && /^[\x21-\x7e]+$/.test(text))
    return { ok: true, value: text };
  return {
    ok: false,
    problem: `has ${text.length} characters: allowed are ${MIN_KEY_LENGTH} or more visible ASCII characters`,
  };
}

function parseServer(text: string): Parsed<string> {
  const url = toBaseUrl(text);
  if (url !== null) return { ok: true, value: url.href };
  return { ok: false, problem: "allowed is an http or https URL without user, query or fragment" };
}

function parseUserAgent(text: string): Parsed<string> {
  if (text.length <= 512 && /^[\x20-\x7e]+$/.test(text)) return { ok: true, value: text };
  return { ok: false, problem: "allowed are at most 512 visible ASCII characters and spaces" };
}

/** Pages wait for the network most of the time; each may hold its bytes, its tree and its formats. */
function defaultConcurrency({ cores, memoryBytes }: Machine): number {
  const fit = Math.min(cores * 16, Math.floor(memoryBytes / (48 * 1024 ** 2)));
  return Math.max(4, Math.min(256, fit));
}

function orThrow<Value>(parsed: Parsed<Value>): Value {
  if (parsed.ok) return parsed.value;
  throw new Error(parsed.problem);
}
