#!/usr/bin/env node
// The launcher: an old Node has to be able to read it, so that it can find a current one or say what is missing.
import { spawn } from "child_process";
import { existsSync } from "fs";
import { dirname, join } from "path";
import { fileURLToPath, pathToFileURL } from "url";

const NEEDED_MAJOR = 26;
const root = dirname(dirname(fileURLToPath(import.meta.url)));

launch();

function launch() {
  const main = findMain();
  if (Number(process.versions.node.split(".")[0]) >= NEEDED_MAJOR) {
    import(pathToFileURL(main).href);
    return;
  }
  const node = findNode();
  if (node === null) fail();
  else restart(node, [main].concat(process.argv.slice(2)));
}

/** A checkout runs its TypeScript as it is; the package holds compiled JavaScript. */
function findMain() {
  const source = join(root, "src", "main.ts");
  return existsSync(source) ? source : join(root, "dist", "main.js");
}

/** A current Node that was installed as a package, in this folder or beside the package. */
function findNode() {
  const platform = `${process.platform}-${process.arch}`;
  const program = process.platform === "win32" ? "node.exe" : "node";
  for (let folder = root; ; folder = dirname(folder)) {
    for (const name of [`node-${platform}`, `node-bin-${platform}`, "node"]) {
      const file = join(folder, "node_modules", name, "bin", program);
      if (existsSync(file)) return file;
    }
    if (folder === dirname(folder)) return null;
  }
}

function restart(node, args) {
  if (typeof process.execve === "function") process.execve(node, [node].concat(args), process.env);
  const child = spawn(node, args, { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "SIGUSR2"]) {
    process.on(signal, () => child.kill(signal));
  }
  child.on("error", (error) => {
    console.error(`quern: ${node} can't be started: ${error.message}`);
    process.exit(1);
  });
  child.on("exit", (code, signal) => {
    if (signal === null) process.exit(code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

function fail() {
  const inCheckout = existsSync(join(root, "scripts", "install-missing.mjs"));
  const remedy = inCheckout
    ? `Run "npm ci" in ${root}: it brings one along.`
    : "Install it from https://nodejs.org, or with npm beside this package (npm install node@26).";
  console.error(
    `quern: Node ${NEEDED_MAJOR} or newer is needed, and this is ${process.version}. ${remedy}`,
  );
  process.exit(1);
}
