import type { Parsed } from "./parsed.ts";
import { splitList } from "./split-list.ts";

/** One proxy of the operator's pool. */
export interface ConfiguredProxy {
  /** Says nothing of where it is, since it may come back in answers and logs: its place in the list. */
  readonly name: string;
  readonly scheme: (typeof SCHEMES)[number];
  /** A name or an address, without brackets. */
  readonly host: string;
  readonly port: number;
  readonly credentials: { readonly user: string; readonly password: string } | null;
  /** Two letters in upper case; null where the operator names none. */
  readonly country: string | null;
  readonly type: (typeof TYPES)[number];
}

/**
 * `QUERN_PROXIES`: a comma list of `scheme://user:pass@host:port#country=US&type=residential`. The type is
 * residential where none is named, as in a request. Problems never repeat an entry: it may hold a password.
 */
export function parseProxies(text: string): Parsed<readonly ConfiguredProxy[]> {
  const proxies: ConfiguredProxy[] = [];
  for (const [index, entry] of splitList(text).entries()) {
    const proxy = parseProxy(entry, index + 1);
    if (!proxy.ok) return { ok: false, problem: `proxy ${index + 1} of the list ${proxy.problem}` };
    proxies.push(proxy.value);
  }
  return { ok: true, value: proxies };
}

const SCHEMES = ["http", "https", "socks5"] as const;
const TYPES = ["residential", "datacenter"] as const;
const DEFAULT_PORTS: Readonly<Record<ConfiguredProxy["scheme"], number>> = {
  http: 80,
  https: 443,
  // RFC 1928 section 3.
  socks5: 1080,
};

function parseProxy(entry: string, place: number): Parsed<ConfiguredProxy> {
  const url = URL.parse(entry);
  if (url === null || url.hostname === "") {
    return problem(
      "is not written as scheme://user:password@host:port (a comma or another special character in the password as %2C and so on)",
    );
  }
  const scheme = SCHEMES.find((one) => url.protocol === `${one}:`);
  if (scheme === undefined) return problem(`has a scheme other than ${SCHEMES.join(", ")}`);
  if (!/^\/?$/.test(url.pathname) || url.search !== "") {
    return problem("has a path or a query: nothing but # may follow the port");
  }
  const labels = parseLabels(url.hash.slice(1));
  if (!labels.ok) return labels;
  const credentials = parseCredentials(url);
  if (!credentials.ok) return credentials;
  return {
    ok: true,
    value: {
      name: `proxy-${place}`,
      scheme,
      host: url.hostname.replace(/^\[|\]$/g, ""),
      port: url.port === "" ? DEFAULT_PORTS[scheme] : Number(url.port),
      credentials: credentials.value,
      ...labels.value,
    },
  };
}

function parseLabels(text: string): Parsed<Pick<ConfiguredProxy, "country" | "type">> {
  const labels = new URLSearchParams(text);
  const unknown = [...labels.keys()].find((name) => name !== "country" && name !== "type");
  if (unknown !== undefined) return problem("has a label other than country and type after #");
  const country = labels.get("country");
  if (country !== null && !/^[a-z]{2}$/i.test(country)) {
    return problem("has a country that is not two letters, such as US");
  }
  const type = TYPES.find((one) => one === (labels.get("type") ?? "residential"));
  if (type === undefined) return problem(`has a type other than ${TYPES.join(" and ")}`);
  return { ok: true, value: { country: country?.toUpperCase() ?? null, type } };
}

function parseCredentials(url: URL): Parsed<ConfiguredProxy["credentials"]> {
  if (url.username === "" && url.password === "") return { ok: true, value: null };
  try {
    const user = decodeURIComponent(url.username);
    const password = decodeURIComponent(url.password);
    return { ok: true, value: { user, password } };
  } catch {
    return problem("has a percent sign in its user or password that is not written as %25");
  }
}

function problem(text: string): { readonly ok: false; readonly problem: string } {
  return { ok: false, problem: text };
}
