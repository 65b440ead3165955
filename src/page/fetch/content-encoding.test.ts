import assert from "node:assert/strict";
import { Readable, type Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { test } from "node:test";
import {
  brotliCompressSync,
  constants,
  createBrotliCompress,
  createDeflate,
  createGzip,
  createZstdCompress,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from "node:zlib";
import {
  type Answer,
  failure,
  fetchOnce,
  startOrigin,
  textOf,
} from "../../../test/support/fetch-lab.ts";
import { settlesWithin } from "../../../test/support/settles-within.ts";

const PAGE = "<!doctype html><p>Packed on the way. Größe.</p>".repeat(100);

const packed = (contentEncoding: string, body: Uint8Array | string): Answer => {
  return (_request, response) =>
    response
      .writeHead(200, { "content-type": "text/html", "content-encoding": contentEncoding })
      .end(body);
};

const gzipThrice = gzipSync(gzipSync(gzipSync(PAGE)));
const damaged = gzipSync(PAGE).fill(0x55, 40, 50);
const wrongSum = gzipSync(PAGE);
wrongSum.fill(0, wrongSum.length - 8, wrongSum.length - 4);

const READABLE: readonly (readonly [what: string, answer: Answer])[] = [
  ["identity", packed("identity", PAGE)],
  ["gzip", packed("gzip", gzipSync(PAGE))],
  ["x-gzip in capitals", packed(" X-GZIP ", gzipSync(PAGE))],
  ["deflate in zlib's format", packed("deflate", deflateSync(PAGE))],
  ["deflate as a raw stream", packed("deflate", deflateRawSync(PAGE))],
  ["zstd", packed("zstd", zstdCompressSync(PAGE))],
  ["br, although it was not asked for", packed("br", brotliCompressSync(PAGE))],
  ["three layers", packed("gzip, gzip,gzip", gzipThrice)],
  ["layers of several kinds", packed("br, zstd", zstdCompressSync(brotliCompressSync(PAGE)))],
  ["layers that are none", packed("identity, gzip, none, identity", gzipSync(PAGE))],
  [
    "gzip of two members",
    packed("gzip", Buffer.concat([gzipSync(PAGE.slice(0, 99)), gzipSync(PAGE.slice(99))])),
  ],
  ["gzip and then zeros", packed("gzip", Buffer.concat([gzipSync(PAGE), Buffer.alloc(9)]))],
  [
    "gzip and then something else",
    packed("gzip", Buffer.concat([gzipSync(PAGE), Buffer.from("junk")])),
  ],
  ["a charset that was taken for a coding", packed("utf-8", PAGE)],
];

test("every coding is taken off", async (context) => {
  for (const [what, answer] of READABLE) {
    const origin = await startOrigin(context, { "/": answer });
    assert.equal(textOf(await fetchOnce(`${origin.url}/`)), PAGE, what);
  }
});

const largeWindow = await pack(
  // In two pieces: a frame of known length states no window.
  Readable.from([Buffer.alloc(1), Buffer.from(PAGE)]),
  createZstdCompress({ params: { [constants.ZSTD_c_windowLog]: 27 } }),
);

const BROKEN: readonly (readonly [what: string, answer: Answer])[] = [
  ["an unknown coding", packed("quern", PAGE)],
  ["an unknown coding among others", packed("gzip, compress", gzipSync(PAGE))],
  ["four layers", packed("gzip, gzip, gzip, gzip", gzipSync(gzipThrice))],
  ["no gzip at all", packed("gzip", PAGE)],
  ["gzip that is damaged", packed("gzip", damaged)],
  ["gzip with a wrong checksum", packed("gzip", wrongSum)],
  ["deflate that is damaged", packed("deflate", deflateSync(PAGE).fill(0x55, 20, 30))],
  ["gzip that ends early", packed("gzip", gzipSync(PAGE).subarray(0, -9))],
  ["deflate that ends early", packed("deflate", deflateSync(PAGE).subarray(0, -9))],
  ["zstd that ends early", packed("zstd", zstdCompressSync(PAGE).subarray(0, -9))],
  ["br that ends early", packed("br", brotliCompressSync(PAGE).subarray(0, -9))],
  ["br that is not", packed("br", PAGE)],
  ["a window that would take 128 MiB", packed("zstd", largeWindow)],
];

test("what cannot be unpacked is NETWORK_ERROR decode", async (context) => {
  for (const [what, answer] of BROKEN) {
    const origin = await startOrigin(context, { "/": answer });
    await assert.rejects(fetchOnce(`${origin.url}/`), failure("NETWORK_ERROR", "decode"), what);
  }
});

test("a connection that breaks is NETWORK_ERROR reset, packed or not", async (context) => {
  for (const contentEncoding of ["identity", "gzip"]) {
    const origin = await startOrigin(context, {
      "/": (_request, response) => {
        const headers = { "content-type": "text/html", "content-encoding": contentEncoding };
        response.writeHead(200, { ...headers, "content-length": "9999" });
        response.write(gzipSync(PAGE), () => response.socket?.destroy());
      },
    });
    await assert.rejects(fetchOnce(`${origin.url}/`), failure("NETWORK_ERROR", "reset"));
  }
});

const MIB = 1024 * 1024;
const zeros = (mib: number) => Readable.from(Array(mib).fill(Buffer.alloc(MIB)));

/** A GiB each, or as much of one as can be packed in a moment. */
const BOMBS: Readonly<Record<string, () => Promise<Buffer>>> = {
  gzip: async () => Buffer.concat(Array(64).fill(await pack(zeros(16), createGzip()))),
  deflate: () => pack(zeros(64), createDeflate()),
  zstd: () => pack(zeros(1024), createZstdCompress()),
  br: () =>
    pack(zeros(1024), createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })),
};

test("a bomb stops at the limit and takes no more memory", async (context) => {
  for (const [contentEncoding, makeBomb] of Object.entries(BOMBS)) {
    const origin = await startOrigin(context, { "/": packed(contentEncoding, await makeBomb()) });
    const before = process.resourceUsage().maxRSS;
    await assert.rejects(
      fetchOnce(`${origin.url}/`, { maxPageBytes: 2 * MIB }),
      failure("UNPROCESSABLE_CONTENT", "too_large"),
      contentEncoding,
    );
    const grownKib = process.resourceUsage().maxRSS - before;
    assert.ok(grownKib < 64 * 1024, `${contentEncoding}: ${grownKib} KiB`);
  }
});

test("a bomb inside another layer stops at the limit too", async (context) => {
  const bomb = gzipSync(await pack(zeros(64), createGzip()));
  const origin = await startOrigin(context, { "/": packed("gzip, gzip", bomb) });
  await assert.rejects(
    fetchOnce(`${origin.url}/`, { maxPageBytes: 2 * MIB }),
    failure("UNPROCESSABLE_CONTENT", "too_large"),
  );
});

test("an abort ends the unpacking of any coding at once", async (context) => {
  for (const [contentEncoding, makeBomb] of Object.entries(BOMBS)) {
    const bomb = await makeBomb();
    const sent = Promise.withResolvers<void>();
    const origin = await startOrigin(context, {
      "/": (_request, response) => {
        response.writeHead(200, {
          "content-type": "text/html",
          "content-encoding": contentEncoding,
        });
        response.end(bomb, sent.resolve);
      },
    });
    const cancel = new AbortController();
    const options = { maxPageBytes: 1024 * MIB, signal: cancel.signal };
    const fetched = fetchOnce(`${origin.url}/`, options);
    await sent.promise;
    assert.equal(await settlesWithin(fetched, 20), false, `${contentEncoding}: still unpacking`);
    cancel.abort(new Error("cancelled"));
    assert.ok(await settlesWithin(fetched), contentEncoding);
    await assert.rejects(fetched, { message: "cancelled" });
  }
});

test("a body that is larger than the limit is not downloaded to its end", async (context) => {
  const html = { "content-type": "text/html" };
  const origin = await startOrigin(context, {
    "/announced": (_request, response) => {
      response.writeHead(200, { ...html, "content-length": 3 * MIB }).flushHeaders();
    },
    "/endless": (_request, response) => {
      response.writeHead(200, html);
      pipeline(endless(), response).catch(() => response.destroy());
    },
  });
  for (const path of ["/announced", "/endless"]) {
    await assert.rejects(
      fetchOnce(origin.url + path, { maxPageBytes: 2 * MIB }),
      failure("UNPROCESSABLE_CONTENT", "too_large"),
    );
  }
});

test("a page of exactly the limit is read", async (context) => {
  const body = "x".repeat(MIB);
  const origin = await startOrigin(context, {
    "/plain": packed("identity", body),
    "/packed": packed("gzip", gzipSync(body)),
  });
  for (const path of ["/plain", "/packed"]) {
    const fetched = await fetchOnce(origin.url + path, { maxPageBytes: MIB });
    assert.equal(fetched.body.length, MIB);
    assert.equal(fetched.body.buffer.byteLength, MIB, "memory of its own");
    await assert.rejects(
      fetchOnce(origin.url + path, { maxPageBytes: MIB - 1 }),
      failure("UNPROCESSABLE_CONTENT", "too_large"),
    );
  }
});

async function pack(source: Readable, packer: Transform): Promise<Buffer> {
  return Buffer.concat(await source.pipe(packer).toArray());
}

function* endless(): Generator<Buffer> {
  const block = Buffer.alloc(64 * 1024, "x");
  for (;;) yield block;
}
