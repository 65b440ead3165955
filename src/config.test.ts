import assert from "node:assert/strict";
import { test } from "node:test";
import { type Config, loadConfig } from "./config.ts";

const MACHINE = { cores: 2, memoryBytes: 4 * 1024 ** 3 };

function configOf(env: Readonly<Record<string, string>>, machine = MACHINE): Config {
  const loaded = loadConfig(env, machine);
  assert.ok(loaded.ok);
  return loaded.config;
}

function problemsOf(env: Readonly<Record<string, string>>): readonly string[] {
  const loaded = loadConfig(env, MACHINE);
  assert.ok(!loaded.ok);
  return loaded.problems;
}

test("every bad setting is named at once, with the value seen and what is allowed", () => {
  const env = {
    QUERN_HOST: "not a host",
    QUERN_PORT: "70000",
    QUERN_HOST_DELAY_MS: "-1",
    QUERN_PROXY_DEFAULT: "maybe",
    QUERN_MAX_PAGE_BYTES: "20 MB",
    QUERN_USER_AGENT: "caf\u00e9",
  };
  assert.deepEqual(problemsOf(env), [
    'QUERN_HOST is "not a host": allowed is an IP address or a host name of this machine',
    'QUERN_PORT is "70000": allowed is a whole number from 0 to 65535',
    'QUERN_HOST_DELAY_MS is "-1": allowed is a whole number from 0 to 600000',
    'QUERN_PROXY_DEFAULT is "maybe": allowed is pool, direct',
    'QUERN_MAX_PAGE_BYTES is "20 MB": allowed is a size from 1024 bytes to 256 MiB, in bytes or with KiB, MiB or GiB',
    'QUERN_USER_AGENT is "caf\u00e9": allowed are at most 512 visible ASCII characters and spaces',
  ]);
});

test("a bad secret is named and not shown", () => {
  const problems = problemsOf({
    QUERN_API_KEY: "hunter2",
    QUERN_PROXIES: "http://me:hunter2@:bad",
  });
  assert.match(problems[0] ?? "", /^QUERN_API_KEY has 7 characters/);
  assert.match(problems[1] ?? "", /^QUERN_PROXIES /);
  assert.doesNotMatch(problems.join(), /hunter2/);
});

test("an unknown name is a warning with the nearest setting, beside bad settings too", () => {
  const warnings = [
    "QUERN_PROT is not a setting of this version; did you mean QUERN_PORT?",
    "QUERN_SOMETHING_OTHER is not a setting of this version",
  ];
  const unknown = { QUERN_PROT: "1", QUERN_SOMETHING_OTHER: "1", PATH: "/bin" };
  assert.deepEqual(loadConfig(unknown, MACHINE).warnings, warnings);
  assert.deepEqual(loadConfig({ ...unknown, QUERN_PORT: "x" }, MACHINE).warnings, warnings);
});

test("a server is an address, with or without a slash at the end", () => {
  for (const text of ["http://127.0.0.1:3400", "http://127.0.0.1:3400/"]) {
    assert.equal(configOf({ QUERN_SERVER: text }).server, "http://127.0.0.1:3400/");
  }
  assert.equal(configOf({}).server, null);
  assert.deepEqual(problemsOf({ QUERN_SERVER: "localhost:3400" }), [
    'QUERN_SERVER is "localhost:3400": allowed is an http or https URL without user, query or fragment',
  ]);
});

test("a size is in bytes or has a unit", () => {
  for (const [text, bytes] of [
    ["2048", 2048],
    ["64KiB", 65_536],
    [" 3 MiB ", 3 * 1024 ** 2],
  ] as const) {
    assert.equal(configOf({ QUERN_MAX_BODY_BYTES: text }).maxBodyBytes, bytes);
  }
  assert.equal(problemsOf({ QUERN_MAX_BODY_BYTES: "65 MiB" }).length, 1);
  assert.equal(problemsOf({ QUERN_MAX_BODY_BYTES: "1kib" }).length, 1);
});

test("how many pages at once follows the machine: its cores, its memory, 4 to 256", () => {
  const MIB = 1024 ** 2;
  const concurrencyOf = (cores: number, mib: number) =>
    configOf({}, { cores, memoryBytes: mib * MIB }).concurrency;
  assert.equal(concurrencyOf(2, 4096), 32);
  assert.equal(concurrencyOf(2, 480), 10);
  assert.equal(concurrencyOf(1, 64), 4);
  assert.equal(concurrencyOf(64, 65_536), 256);
});

test("an empty setting is an absent one, and the settings are frozen", () => {
  const config = configOf({ QUERN_PORT: " ", QUERN_API_KEY: "" });
  assert.deepEqual([config.port, config.apiKey], [3400, null]);
  assert.ok(Object.isFrozen(config));
});
