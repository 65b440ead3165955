// The import law of this house. Read top to bottom: a room may import only the rooms on its right, and itself.
// "page" and "egress" alone mean the files directly in them: their face. ARCHITECTURE.md shows the same table.
const MAY_IMPORT = {
  // leaves
  contract: [],
  concurrency: [],
  telemetry: ["contract"],
  client: ["contract"],
  // the only way out; its policy is a pure decision that others may ask
  "egress/policy": ["contract"],
  egress: ["contract", "concurrency", "telemetry", "egress/policy"],
  // one page
  "page/url": ["contract"],
  "page/tree": ["contract"],
  "page/extract": ["contract", "page/url", "page/tree"],
  "page/format": ["contract", "page/url", "page/tree"],
  "page/verdict": ["contract"],
  "page/fetch": ["contract", "concurrency", "telemetry", "egress", "page/url"],
  "page/render": ["contract", "concurrency", "telemetry", "egress", "page/url"],
  "page/discover": ["contract", "concurrency", "telemetry", "egress", "page/url"],
  page: [
    ...["contract", "concurrency", "telemetry", "egress/policy", "page/url", "page/tree"],
    ...[
      "page/extract",
      "page/format",
      "page/verdict",
      "page/fetch",
      "page/render",
      "page/discover",
    ],
  ],
  // what lasts, what is decided, what runs later, who is told
  store: ["contract", "concurrency", "telemetry"],
  search: ["contract", "concurrency", "telemetry", "egress"],
  webhooks: ["contract", "concurrency", "telemetry", "egress"],
  services: [
    ...["contract", "concurrency", "telemetry", "egress/policy", "page", "page/url"],
    ...["store", "search"],
  ],
  worker: ["contract", "concurrency", "telemetry", "services", "store", "webhooks"],
  // doors
  "doors/http": ["contract", "concurrency", "telemetry", "services"],
  "doors/mcp": ["contract", "telemetry", "services"],
};
// Rooms that give the same answer for the same input: no disk, no net, no clock.
const PURE = [
  "contract",
  "egress/policy",
  "page/url",
  "page/tree",
  "page/extract",
  "page/format",
  "page/verdict",
];
// The only room that may load each heavy dependency.
const OWNER = {
  "playwright(-core)?": "page/render",
  undici: "egress",
  "pg|kysely": "store",
  fastify: "doors/http",
  "@modelcontextprotocol": "doors/mcp",
  piscina: "page/[^/]+$",
  saxes: "page/discover",
  "htmlparser2|css-select": "page/tree",
  "pino|pino-pretty|prom-client|@opentelemetry": "telemetry",
  "ipaddr[.]js": "egress/policy",
};

// A room that has rooms inside is itself only the files directly in it.
const hasRooms = (room) => Object.keys(MAY_IMPORT).some((other) => other.startsWith(`${room}/`));
const filesOf = (room) => (hasRooms(room) ? `${room}/[^/]+$` : `${room}/`);
const isTest = "[.]test[.]ts$";
const entries = "^src/(main|page/read-fetched-page|store/sqlite-thread)[.]ts$";

const roomRules = Object.entries(MAY_IMPORT).map(([room, allowed]) => ({
  name: `${room.replace("/", "-")}-imports`,
  comment: `src/${room} may import only: ${[room, ...allowed].join(", ")}.`,
  severity: "error",
  from: { path: `^src/${filesOf(room)}`, pathNot: isTest },
  to: { path: "^src/", pathNot: `^src/(${[room, ...allowed].map(filesOf).join("|")})` },
}));

const ownerRules = Object.entries(OWNER).map(([dependency, room]) => ({
  name: `only-${room.replaceAll(/[/|]/g, "-")}-loads-${dependency.replace(/\W+/g, "-")}`,
  comment: `Only src/${room} knows ${dependency}.`,
  severity: "error",
  from: { path: "^src/", pathNot: [`^src/(${room})${room.endsWith("$") ? "" : "/"}`, isTest] },
  to: { path: `node_modules/(${dependency})(/|$)`, dependencyTypesNot: ["type-only"] },
}));

export default {
  forbidden: [
    ...roomRules,
    ...ownerRules,
    {
      name: "cli-imports",
      comment:
        "The terminal starts the app, or speaks through the client; it knows nothing inside.",
      severity: "error",
      from: { path: "^src/doors/cli/", pathNot: isTest },
      to: {
        path: "^src/",
        pathNot: "^src/(doors/cli/|client/|contract/|concurrency/|app[.]ts$|config[.]ts$)",
      },
    },
    {
      name: "pure-means-pure",
      comment: "Pure rooms take values and return values. Pass bytes and times in.",
      severity: "error",
      from: { path: `^src/(${PURE.join("|")})/`, pathNot: isTest },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "no-cycles",
      comment: "Two files that import each other are one file, or hide a third.",
      severity: "error",
      from: { path: "^(src|packages)/" },
      to: { circular: true },
    },
    {
      name: "no-dead-files",
      comment: "Every file is reached from an entry: the program, or a thread that it starts.",
      severity: "error",
      from: { path: entries },
      to: { path: "^src/", pathNot: [isTest, entries], reachable: false },
    },
    {
      name: "acceptance-is-black-box",
      comment: "Acceptance tests speak HTTP to a running server, so they survive a rewrite.",
      severity: "error",
      from: { path: "^test/acceptance/" },
      to: { path: "^src/" },
    },
    {
      name: "satellites-use-the-wire",
      comment: "Client and dashboard know the contract and the wire, nothing else of src/.",
      severity: "error",
      from: { path: "^packages/" },
      to: { path: "^src/", pathNot: "^src/contract/" },
    },
    {
      name: "production-never-imports-tests",
      severity: "error",
      from: { path: "^(src|packages)/", pathNot: isTest },
      to: { path: `(^test/|${isTest})` },
    },
    {
      name: "no-dev-dependency-in-production",
      severity: "error",
      from: { path: "^(src|packages)/", pathNot: isTest },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    },
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default"],
    },
  },
};
