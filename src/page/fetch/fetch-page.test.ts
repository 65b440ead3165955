import assert from "node:assert/strict";
import type { OutgoingHttpHeaders } from "node:http";
import { test } from "node:test";
import {
  type Answer,
  failure,
  fetchOnce,
  startOrigin,
  textOf,
} from "../../../test/support/fetch-lab.ts";

const page = (body: string, headers: OutgoingHttpHeaders = {}): Answer => {
  return (_request, response) =>
    response.writeHead(200, { "content-type": "text/html", ...headers }).end(body);
};
const redirect = (location: string, headers: OutgoingHttpHeaders = {}, status = 302): Answer => {
  return (_request, response) => response.writeHead(status, { location, ...headers }).end();
};
const refresh = (content: string) => page(`<head><meta http-equiv=Refresh content="${content}">`);

test("every kind of redirect is followed, and the way is listed", async (context) => {
  for (const status of [301, 302, 303, 307, 308]) {
    const origin = await startOrigin(context, {
      "/a/": redirect("../b?x=1#part", {}, status),
      "/b": redirect("/c", {}, status),
      "/c": page("here"),
    });
    const fetched = await fetchOnce(`${origin.url}/a/`);
    assert.equal(textOf(fetched), "here");
    assert.equal(fetched.url, `${origin.url}/a/`);
    assert.deepEqual(fetched.redirects, [`${origin.url}/b?x=1#part`, `${origin.url}/c#part`]);
    assert.equal(fetched.finalUrl, `${origin.url}/c#part`);
  }
});

test("a redirect that leads nowhere is an answer like others", async (context) => {
  const origin = await startOrigin(context, {
    "/none": (_request, response) => response.writeHead(302).end("moved"),
    "/empty": redirect(" "),
    "/unchanged": (_request, response) => response.writeHead(304, { location: "/c" }).end(),
  });
  for (const [path, status] of [
    ["/none", 302],
    ["/empty", 302],
    ["/unchanged", 304],
  ] as const) {
    const fetched = await fetchOnce(origin.url + path);
    assert.equal(fetched.status, status);
    assert.deepEqual(fetched.redirects, []);
  }
});

test("a Location in raw UTF-8 is understood", async (context) => {
  const origin = await startOrigin(context, {
    "/a": (_request, response) => {
      const location = Buffer.from("/straße").toString("latin1");
      // A body of bytes, since Node would write the headers in the encoding of a string.
      response.writeHead(302, { location }).end(Buffer.from("moved"));
    },
    "/stra%C3%9Fe": page("here"),
  });
  assert.equal(textOf(await fetchOnce(`${origin.url}/a`)), "here");
});

test("ten redirects are followed and no more", async (context) => {
  const count: Answer = (request, response) => {
    const left = Number(new URL(request.url ?? "", "http://origin").searchParams.get("left"));
    const answer = left > 0 ? redirect(`/?left=${left - 1}`) : page("here");
    answer(request, response);
  };
  const origin = await startOrigin(context, { "/": count });
  assert.equal((await fetchOnce(`${origin.url}/?left=10`)).redirects.length, 10);
  await assert.rejects(
    fetchOnce(`${origin.url}/?left=11`),
    failure("NETWORK_ERROR", "too_many_redirects"),
  );
});

test("a redirect to something that is not http or https is refused", async (context) => {
  const targets = ["file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "http://["];
  for (const target of targets) {
    const origin = await startOrigin(context, {
      "/a": redirect(target),
      "/b": refresh(`0;${target}`),
    });
    await assert.rejects(fetchOnce(`${origin.url}/a`), failure("INVALID_URL", "redirect"));
    await assert.rejects(fetchOnce(`${origin.url}/b`), failure("INVALID_URL", "redirect"));
  }
});

test("a redirect to a forbidden address does not say which", async (context) => {
  for (const target of [
    "http://10.1.2.3/x",
    "http://[::ffff:10.1.2.3]/",
    "http://169.254.169.254/",
  ]) {
    const origin = await startOrigin(context, { "/a": redirect(target) });
    await assert.rejects(fetchOnce(`${origin.url}/a`), (error: Error) => {
      assert.ok(failure("INVALID_URL", "address_not_allowed")(error));
      assert.doesNotMatch(error.message, /\d+\.\d+|::|169/);
      return true;
    });
  }
});

test("meta and header refreshes of at most 10 s are redirects", async (context) => {
  const origin = await startOrigin(context, {
    "/meta": refresh("10; url='/target?a=1&amp;b=2'"),
    "/header": page("moved", { refresh: "0;url=/target?a=1&b=2" }),
    "/latin": page(`<meta http-equiv=refresh content="0; URL=/target?a=1&#38;b=2">`),
    "/target": page("here"),
  });
  for (const path of ["/meta", "/header", "/latin"]) {
    const fetched = await fetchOnce(origin.url + path);
    assert.equal(textOf(fetched), "here", path);
    assert.deepEqual(fetched.redirects, [`${origin.url}/target?a=1&b=2`]);
  }
});

test("refreshes that are late, hidden, of errors, or show the same again are not followed", async (context) => {
  const hidden = `<meta http-equiv=refresh content="0;/b">`;
  const origin = await startOrigin(context, {
    "/late": refresh("11;/b"),
    "/reload": refresh("5"),
    "/self": refresh("5; url=/self"),
    "/comment": page(`<!-- ${hidden} -->`),
    "/script": page(`<script>"${hidden}"</script>`),
    "/noscript": page(`<noscript>${hidden}</noscript>`),
    "/text": page(hidden, { "content-type": "text/plain" }),
    "/error": (_request, response) =>
      response.writeHead(503, { "content-type": "text/html", refresh: "0;/b" }).end(hidden),
  });
  for (const path of [
    "/late",
    "/reload",
    "/self",
    "/comment",
    "/script",
    "/noscript",
    "/text",
    "/error",
  ]) {
    assert.deepEqual((await fetchOnce(origin.url + path)).redirects, [], path);
  }
});

test("two pages that show each other in turn can be read, a loop of instant ones cannot", async (context) => {
  const origin = await startOrigin(context, {
    "/one": refresh("5; url=/two"),
    "/two": refresh("5; url=/one"),
    "/instant": refresh("0; url=/instant"),
  });
  assert.equal((await fetchOnce(`${origin.url}/one`)).finalUrl, `${origin.url}/two`);
  await assert.rejects(
    fetchOnce(`${origin.url}/instant`),
    failure("NETWORK_ERROR", "too_many_redirects"),
  );
});

test("a site that sets a cookie and sends back to the same page does not loop", async (context) => {
  const wall = (again: Answer): Answer => {
    return (request, response) => {
      const answer = request.headers.cookie === "seen=yes" ? page("welcome") : again;
      answer(request, response);
    };
  };
  const headers = { "set-cookie": "seen=yes; Path=/; HttpOnly" };
  const origin = await startOrigin(context, {
    "/location": wall(redirect("/location", headers)),
    "/reload": wall(page(`<meta http-equiv=refresh content=1>`, headers)),
    "/refresh": wall(page("", { ...headers, refresh: "3; url=/refresh" })),
  });
  for (const path of ["/location", "/reload", "/refresh"]) {
    assert.equal(textOf(await fetchOnce(origin.url + path)), "welcome", path);
  }
});

test("cookies go where RFC 6265 lets them, and none is set for a public suffix", async (context) => {
  const origin = await startOrigin(context, {
    "/a/1": redirect("/a/2", {
      "set-cookie": [
        "here=1",
        "all=1; Path=/",
        "theirs=1; Domain=example.com",
        "suffix=1; Domain=com",
        "old=1; Max-Age=0",
        "__Host-x=1; Path=/; Domain=127.0.0.1",
        `large=${"x".repeat(5000)}`,
        "nameless",
      ],
    }),
    "/a/2": redirect("/b"),
    "/b": page("here"),
  });
  await fetchOnce(`${origin.url}/a/1`);
  const [first, second, third] = origin.requests.map(({ headers }) => headers.cookie?.split("; "));
  assert.equal(first, undefined);
  assert.deepEqual(second?.toSorted(), ["all=1", "here=1", "nameless"]);
  assert.deepEqual(third, ["all=1"]);
});

test("a page is asked as by a browser, without what does not fit its User-Agent", async (context) => {
  const origin = await startOrigin(context, { "/": page("here") });
  await fetchOnce(`${origin.url}/`);
  assert.deepEqual(origin.requests[0]?.rawHeaders.slice(-10), [
    ...["User-Agent", "Mozilla/5.0 (compatible; Quern/0)"],
    ...["Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"],
    ...["Accept-Language", "en-US,en;q=0.9"],
    ...["Accept-Encoding", "gzip, deflate, zstd"],
    ...["Upgrade-Insecure-Requests", "1"],
  ]);
});

test("the caller's headers replace ours of the same name in any case", async (context) => {
  const origin = await startOrigin(context, { "/": page("here") });
  await fetchOnce(`${origin.url}/`, {
    headers: { "user-AGENT": "mine", "accept-language": "de", "X-Extra": "1" },
  });
  const sent = origin.requests[0]?.rawHeaders ?? [];
  assert.equal(sent.filter((name) => name.toLowerCase() === "user-agent").length, 1);
  assert.equal(origin.requests[0]?.headers["user-agent"], "mine");
  assert.equal(origin.requests[0]?.headers["accept-language"], "de");
  assert.equal(origin.requests[0]?.headers["x-extra"], "1");
});

test("the caller's headers stay on one origin, and stay dropped when it comes back", async (context) => {
  const headers = { Authorization: "Bearer secret", "X-Mine": "1", Cookie: "mine=1; both=old" };
  const setCookie = { "set-cookie": "both=new; Path=/" };
  const away = await startOrigin(context, {
    "/away": (request, response) => redirect(`${home.url}/back`)(request, response),
  });
  const home = await startOrigin(context, {
    "/start": redirect("/same", setCookie),
    "/same": redirect(`${away.url}/away`),
    "/back": page("here"),
  });
  await fetchOnce(`${home.url}/start`, { headers });
  const seen = [...home.requests, ...away.requests].map(({ url, headers }) => ({
    url,
    secret: headers.authorization === "Bearer secret" && headers["x-mine"] === "1",
    cookie: headers.cookie,
  }));
  assert.deepEqual(seen, [
    { url: "/start", secret: true, cookie: "mine=1; both=old" },
    { url: "/same", secret: true, cookie: "mine=1; both=new" },
    // Cookies know no ports (RFC 6265 section 8.5): the site's own goes along, the caller's does not.
    { url: "/back", secret: false, cookie: "both=new" },
    { url: "/away", secret: false, cookie: "both=new" },
  ]);
});

test("every hop has a turn of its own, so one turn per host is enough", async (context) => {
  const origin = await startOrigin(context, {
    "/a": (_request, response) =>
      response.writeHead(302, { location: "/b" }).end("x".repeat(99_999)),
    "/b": refresh("0; url=/c"),
    "/c": page("here"),
  });
  assert.equal(textOf(await fetchOnce(`${origin.url}/a`, { hostConcurrency: 1 })), "here");
});

test("a connection is used again after a small redirect", async (context) => {
  const origin = await startOrigin(context, {
    "/a": (_request, response) => response.writeHead(302, { location: "/b" }).end("moved"),
    "/b": page("here"),
  });
  await fetchOnce(`${origin.url}/a`);
  assert.equal(new Set(origin.requests.map(({ socket }) => socket.remotePort)).size, 1);
});

const silence: Answer = () => undefined;
const halfPage: Answer = (_request, response) => {
  response.writeHead(200, { "content-type": "text/html" }).write("<p>half");
};

test("time that is over names what was waited for", async (context) => {
  const origin = await startOrigin(context, {
    "/silence": silence,
    "/half": halfPage,
    "/then-half": redirect("/half"),
  });
  const options = { timeoutMs: 150 };
  await assert.rejects(fetchOnce(`${origin.url}/silence`, options), failure("TIMEOUT", "headers"));
  await assert.rejects(fetchOnce(`${origin.url}/half`, options), failure("TIMEOUT", "body"));
  await assert.rejects(fetchOnce(`${origin.url}/then-half`, options), failure("TIMEOUT", "body"));
});

test("an abort ends the page at any point with its reason, and the connection with it", async (context) => {
  const origin = await startOrigin(context, { "/silence": silence, "/half": halfPage });
  for (const path of ["/silence", "/half"]) {
    const cancel = new AbortController();
    const fetched = fetchOnce(origin.url + path, { signal: cancel.signal });
    setTimeout(() => cancel.abort(new Error("cancelled")), 50);
    await assert.rejects(fetched, { message: "cancelled" });
    const socket = origin.requests.at(-1)?.socket;
    if (socket?.destroyed === false) await new Promise((closed) => socket.once("close", closed));
  }
});

test("a status is a page like others, with its body and headers", async (context) => {
  const origin = await startOrigin(context, {
    "/": (_request, response) =>
      response
        .writeHead(429, {
          "content-type": "text/html; charset=Latin1",
          "retry-after": "7",
          "x-a": ["1", "2"],
        })
        .end("slow down"),
  });
  const fetched = await fetchOnce(`${origin.url}/`);
  assert.equal(fetched.status, 429);
  assert.equal(textOf(fetched), "slow down");
  assert.equal(fetched.headers["retry-after"], "7");
  assert.equal(fetched.headers["x-a"], "1, 2");
  assert.equal(fetched.charset, "Latin1");
});

test("an error whose body cannot be read is its status alone", async (context) => {
  const answers: Record<string, Answer> = {
    "/unreadable": (_request, response) =>
      response.writeHead(404, { "content-type": "image/png" }).end("png"),
    "/broken": (_request, response) =>
      response
        .writeHead(503, { "content-type": "text/html", "content-encoding": "gzip" })
        .end("no"),
    "/large": (_request, response) =>
      response.writeHead(500, { "content-type": "text/html" }).end("x".repeat(2_000_000)),
    "/reset": (_request, response) => {
      response.writeHead(502, { "content-type": "text/html", "content-length": "999" });
      response.write("half", () => response.socket?.resetAndDestroy());
    },
  };
  const origin = await startOrigin(context, answers);
  for (const [path, status] of [
    ["/unreadable", 404],
    ["/broken", 503],
    ["/large", 500],
    ["/reset", 502],
  ] as const) {
    const fetched = await fetchOnce(origin.url + path);
    assert.deepEqual([fetched.status, fetched.kind, fetched.body.length], [status, null, 0], path);
  }
});

test("no content is an empty page", async (context) => {
  const origin = await startOrigin(context, {
    "/204": (_request, response) => response.writeHead(204).end(),
    "/empty": (_request, response) =>
      response.writeHead(200, { "content-type": "text/html", "content-encoding": "gzip" }).end(),
  });
  for (const path of ["/204", "/empty"]) {
    assert.equal((await fetchOnce(origin.url + path)).body.length, 0);
  }
});

test("a type that is not read is refused before its body comes", async (context) => {
  const origin = await startOrigin(context, {
    "/pdf": (_request, response) => {
      response.writeHead(200, { "content-type": "Application/PDF; x=y" }).flushHeaders();
    },
  });
  await assert.rejects(fetchOnce(`${origin.url}/pdf`), (error: Error) => {
    assert.ok(failure("UNPROCESSABLE_CONTENT", "content_type")(error));
    assert.match(error.message, /application\/pdf/);
    return true;
  });
});

test("a file of unknown type is refused by its beginning", async (context) => {
  const origin = await startOrigin(context, {
    "/file": (_request, response) => {
      response.writeHead(200, { "content-type": "application/octet-stream" });
      response.write(Buffer.alloc(2000));
    },
  });
  await assert.rejects(
    fetchOnce(`${origin.url}/file`),
    failure("UNPROCESSABLE_CONTENT", "content_type"),
  );
});
