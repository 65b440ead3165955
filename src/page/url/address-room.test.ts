import assert from "node:assert/strict";
import { test } from "node:test";
import { AddressRoom } from "./address-room.ts";

function countTaken(room: AddressRoom, address: string, times: number): number {
  return Array.from({ length: times }, () => room.take(address)).filter(Boolean).length;
}

test("addresses fill at most half a mebibyte and twice the page", () => {
  const address = "x".repeat(1024);
  assert.equal(countTaken(new AddressRoom(0), address, 1000), 512);
  assert.equal(countTaken(new AddressRoom(100 * 1024), address, 1000), 512 + 200);
});

test("an address longer than 8 KiB is not written, and takes no room", () => {
  const room = new AddressRoom(0);
  assert.equal(room.take("x".repeat(8 * 1024 + 1)), false);
  assert.equal(room.isFull, false);
  assert.equal(room.take("x".repeat(8 * 1024)), true);
});

test("once there is no room for an address, there is none for shorter ones either", () => {
  const room = new AddressRoom(0);
  countTaken(room, "x".repeat(1000), 525);
  assert.equal(room.isFull, true);
  assert.equal(room.take("x"), false);
});
