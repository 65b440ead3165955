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
    const arrival = { headers: { host: "x" }, socket: { remoteAddress: peer } };
    assert.equal(isLocalRequest(arrival), isLocal, String(peer));
  }
});

const FORWARDING = [
  ...["forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-forwarded"],
  ...["x-real-ip", "via", "x-client-ip", "client-ip", "true-client-ip", "cf-connecting-ip"],
];

test("whoever speaks for somebody else does not", () => {
  for (const name of FORWARDING) {
    const arrival = { headers: { [name]: "" }, socket: { remoteAddress: "127.0.0.1" } };
    assert.equal(isLocalRequest(arrival), false, name);
  }
});
