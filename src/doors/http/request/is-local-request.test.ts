import assert from "node:assert/strict";
import { test } from "node:test";
import { isLocalRequest } from "./is-local-request.ts";

const PEERS = [
  { peer: "127.0.0.1", isLocal: true },
  { peer: "127.8.9.10", isLocal: true },
  { peer: "::1", isLocal: true },
  { peer: "::ffff:127.0.0.1", isLocal: true },
  { peer: "::10", isLocal: false },
  { peer: "10.0.0.1", isLocal: false },
  { peer: "::ffff:10.127.0.1", isLocal: false },
  { peer: "1.127.0.1", isLocal: false },
  { peer: undefined, isLocal: false },
];

test("loopback peers are this machine", () => {
  for (const { peer, isLocal } of PEERS) {
    const arrival = { headers: { host: "localhost:8000" }, socket: { remoteAddress: peer } };
    assert.equal(isLocalRequest(arrival), isLocal, String(peer));
  }
});

const FORWARDING = [
  ...["forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-forwarded"],
  ...["x-real-ip", "via", "x-client-ip", "client-ip", "true-client-ip", "cf-connecting-ip"],
  ...["cf-ray", "x-proxyuser-ip", "x-envoy-external-address", "fastly-client-ip", "x-original-url"],
];

test("whoever speaks for somebody else does not", () => {
  for (const name of FORWARDING) {
    const arrival = {
      headers: { host: "localhost", [name]: "" },
      socket: { remoteAddress: "127.0.0.1" },
    };
    assert.equal(isLocalRequest(arrival), false, name);
  }
});

const HOSTS = [
  ...["127.0.0.1", "127.0.0.1:8000", "[::1]", "[::1]:8000", "LocalHost:1"].map((host) => ({
    host,
    isLocal: true,
  })),
  ...[
    "",
    "evil.example",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "::1",
    "a@localhost",
  ].map((host) => ({ host, isLocal: false })),
];

test("pages in a browser on this machine are not this machine", () => {
  const socket = { remoteAddress: "127.0.0.1" };
  for (const { host, isLocal } of HOSTS) {
    assert.equal(isLocalRequest({ headers: { host }, socket }), isLocal, host);
  }
  const headers = { host: "localhost", origin: "http://evil.example" };
  assert.equal(isLocalRequest({ headers, socket }), false);
  assert.equal(isLocalRequest({ headers: {}, socket }), false);
});
