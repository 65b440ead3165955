import type { Socket } from "node:net";
import { errors } from "undici";

/**
 * Looks at what a connection brings before its client does. An answer that nobody asked for would be taken for the
 * one to the next request: whoever can make a host send one would answer in the host's name. And provisional answers
 * (RFC 9110 section 15.2) may come before any answer, but undici takes a `100 Continue` for a broken one, since it
 * never asks for it.
 */
export class AnswerGuard {
  readonly #socket: Socket;
  #awaits: "nothing" | "head" | "rest" = "nothing";
  /** Too few bytes to be told apart, or a provisional answer that is not whole. */
  #held: Buffer = NO_BYTES;
  #provisional = { answers: 0, bytes: 0 };
  #hasHeard = false;

  /** Before anybody else listens. */
  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("readable", () => this.#look());
  }

  /** A byte of the answer came, or of a provisional one. */
  get hasHeard(): boolean {
    return this.#hasHeard;
  }

  /** A request is about to be sent. False: something is there already, so it must not be. */
  expectAnswer(): boolean {
    if (this.#socket.destroyed || this.#socket.readableLength > 0) return false;
    this.#awaits = "head";
    this.#held = NO_BYTES;
    this.#provisional = { answers: 0, bytes: 0 };
    this.#hasHeard = false;
    return true;
  }

  /** The answer is whole: what comes now ends the connection. */
  expectNothing(): void {
    this.#awaits = "nothing";
    this.#hasHeard = false;
  }

  #look(): void {
    if (this.#awaits === "rest") return;
    const bytes: Buffer | null = this.#socket.read();
    if (bytes === null) return;
    if (this.#awaits === "nothing") {
      this.#socket.destroy();
      return;
    }
    this.#hasHeard = true;
    this.#readHead(this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes]));
  }

  /** Leaves out whole provisional answers; what is no such thing goes back, and on to the client. */
  #readHead(bytes: Buffer): void {
    let rest = bytes;
    while (isProvisional(rest)) {
      const end = rest.indexOf(HEAD_END);
      if (end < 0) break;
      this.#provisional.answers += 1;
      this.#provisional.bytes += end;
      rest = rest.subarray(end + HEAD_END.length);
    }
    if (rest.length >= STATUS_BYTES && !isProvisional(rest)) {
      this.#awaits = "rest";
      this.#socket.unshift(rest);
    } else {
      this.#held = rest;
      if (this.#isTooMuch()) this.#socket.destroy(new errors.HeadersOverflowError());
    }
  }

  #isTooMuch(): boolean {
    const { answers, bytes } = this.#provisional;
    return answers > MOST_PROVISIONAL || bytes + this.#held.length > MOST_PROVISIONAL_BYTES;
  }
}

const NO_BYTES = Buffer.alloc(0);
const HEAD_END = "\r\n\r\n";
/** `HTTP/1.1 200` */
const STATUS_BYTES = 12;
/** Servers send one or two; the time for headers alone would let a host send them for minutes. */
const MOST_PROVISIONAL = 20;
const MOST_PROVISIONAL_BYTES = 16 * 1024;

/** Not 101, after which another protocol is spoken. */
function isProvisional(bytes: Buffer): boolean {
  return /^HTTP\/1\.[01] 1(?:0[02-9]|[1-9]\d)/.test(
    bytes.subarray(0, STATUS_BYTES).toString("latin1"),
  );
}
