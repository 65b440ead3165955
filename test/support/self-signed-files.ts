import { readFileSync } from "node:fs";

const read = (name: string) =>
  readFileSync(new URL(`self-signed/${name}`, import.meta.url), "utf8");

/** A certificate for secure.test and proxy.test, which nobody trusts until told to. */
export const NAMED_CERTIFICATE = { key: read("key.pem"), cert: read("names.pem") };

/** The same for 127.0.0.1 and localhost. */
export const ADDRESS_CERTIFICATE = { key: read("key.pem"), cert: read("certificate.pem") };
