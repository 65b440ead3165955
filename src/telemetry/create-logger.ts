import type { Writable } from "node:stream";
import pino from "pino";
import pretty from "pino-pretty";
import { redact, withoutQuery } from "./redact.ts";

export const LOG_LEVELS = ["debug", "info", "warn", "error", "silent"] as const;
export const LOG_FORMATS = ["auto", "pretty", "json"] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];
export type LogFormat = (typeof LOG_FORMATS)[number];

/** Facts first, then what happened. An error goes under `err`. */
export type Log = (facts: Readonly<Record<string, unknown>>, message: string) => void;

export interface Logger {
  readonly debug: Log;
  readonly info: Log;
  readonly warn: Log;
  readonly error: Log;
}

export interface LoggerSettings {
  readonly level: LogLevel;
  /** `auto`: pretty on a terminal, JSON lines elsewhere. */
  readonly format: LogFormat;
  readonly stream?: Writable & { readonly isTTY?: boolean };
}

export function createLogger({ level, format, stream = process.stderr }: LoggerSettings): Logger {
  const isTerminal = stream.isTTY === true;
  const isPretty = format === "pretty" || (format === "auto" && isTerminal);
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: redact },
      serializers: { err: pino.stdSerializers.err, url: withoutQuery },
    },
    isPretty ? toPretty(stream, isTerminal) : toLines(stream),
  );
}

/** What comes while a write is under way goes out with the next one; at the end of the program all of it is written. */
function toLines(stream: Writable): pino.DestinationStream {
  return stream === process.stderr ? pino.destination({ dest: STDERR, sync: false }) : stream;
}

const STDERR = 2;

/** In this thread, so that the last lines of a program that ends are seen. */
function toPretty(stream: Writable, colorize: boolean) {
  return pretty({ destination: stream, colorize, sync: true, translateTime: "SYS:HH:MM:ss.l" });
}
