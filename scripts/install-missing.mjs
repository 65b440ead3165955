// What `npm start` and `npm test` do first: on a fresh clone they find nothing but an old Node and npm.
// Says what it does on stderr, since stdout belongs to the program.
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

const CHROMIUM = { name: "Chromium", debianPackage: "chromium", tests: "browser" };
const FAKETIME = { name: "faketime", debianPackage: "faketime", tests: "clock" };

installMissing({ forTests: process.argv.includes("--test") });

function installMissing({ forTests }) {
  if (!arePackagesThere() && !installPackages()) process.exit(1);
  if (!forTests) return;
  if (findChromium() === null) installTool(CHROMIUM);
  // Sets the clock of one program.
  if (findProgram(["faketime"]) === null) installTool(FAKETIME);
}

/** True when npm's own record of what it installed agrees with the lock file: nothing else has to be asked. */
function arePackagesThere() {
  const record = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(record)) return false;
  const installed = readPackages(record);
  return Object.entries(readPackages(join(root, "package-lock.json")))
    .filter(([path, wanted]) => path !== "" && isForThisMachine(wanted))
    .every(([path, wanted]) => installed[path]?.version === wanted.version);
}

function readPackages(file) {
  return JSON.parse(readFileSync(file, "utf8")).packages;
}

/** Packages for one C library stand in the lock for every one: which of them is needed is npm's to know. */
function isForThisMachine({ os, cpu, libc }) {
  const fits = (list, value) => list === undefined || [list].flat().includes(value);
  return libc === undefined && fits(os, process.platform) && fits(cpu, process.arch);
}

function installPackages() {
  say("Installing packages (npm ci)…");
  const npm = process.env.npm_execpath;
  const [command, ...args] = npm === undefined ? ["npm"] : [process.execPath, npm];
  return run(command, [
    ...args,
    "ci",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
  ]);
}

/** Without it only its own tests fail, so everything else goes on. */
function installTool({ name, debianPackage, tests }) {
  if (process.getuid?.() === 0 && findProgram(["apt-get"]) !== null) {
    say(`Installing ${name} (apt-get)…`);
    const isThere =
      run("apt-get", ["update", "-qq"]) &&
      run("apt-get", ["install", "-qq", "-y", "--no-install-recommends", debianPackage]);
    if (isThere) return;
  }
  say(`No ${name}: ${tests} tests will fail. Install it: sudo apt-get install ${debianPackage}`);
}

function findChromium() {
  const names = ["chromium", "chromium-browser", "google-chrome", "chromium-headless-shell"];
  return process.env.QUERN_BROWSER_PATH || findProgram(names);
}

function findProgram(names) {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const files = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return files.find(isExecutable) ?? null;
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function run(command, args) {
  const stdio = ["ignore", process.stderr, process.stderr];
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio,
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
  if (status === 0) return true;
  const reason = error === undefined ? `status ${status}` : error.message;
  say(`${command} ${args.join(" ")} failed: ${reason}`);
  return false;
}

function say(line) {
  process.stderr.write(`${line}\n`);
}
