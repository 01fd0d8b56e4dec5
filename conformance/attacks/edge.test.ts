import assert from "node:assert/strict";
import { after, before, describe } from "node:test";
import { answersIn, RawConnection } from "../../packages/server/src/testing/raw-connection.ts";
import { spec } from "../../packages/server/src/testing/spec.ts";
import { type Attacked, anAttacked } from "./in-process.ts";
import { type Parties, redemption, seedCodes, seedParties } from "./parties.ts";
import { host } from "./plan.ts";
import { authorizePath, end, form } from "./requests.ts";

describe("the edge of the running server", () => {
  let attacked: Attacked;
  let parties: Parties;
  before(async () => {
    attacked = await anAttacked();
    parties = await seedParties(attacked.store);
  });
  after(() => attacked.close());

  const authorize = (more: string) => authorizePath(parties, more);

  spec("O21-AS-03", "an authorization request of 8,000 octets is answered as a short one is", async () => {
    const short = authorize("&state=");
    const path = short + "s".repeat(8_000 - `GET ${short} HTTP/1.1`.length);
    const [answer] = await RawConnection.exchange(attacked.port, `GET ${path} HTTP/1.1\r\n${end}`);
    assert.equal(answer?.status, 303);
    assert.match(answer?.headers.location ?? "", /^\/sign-in\?interaction=/);
  });

  for (const { given, text, status } of [
    {
      given: "a request line of 40 kB",
      text: `GET /authorize?state=${"s".repeat(40_000)} HTTP/1.1\r\n${end}`,
      status: 431,
    },
    { given: "a body over 64 KiB", text: `POST /token HTTP/1.1\r\n${form("a".repeat(70_000))}`, status: 413 },
    {
      given: "ten thousand parameters",
      text: `POST /token HTTP/1.1\r\n${form("a&".repeat(10_000))}`,
      status: 400,
    },
    {
      given: "nine thousand different parameters",
      text: `POST /token HTTP/1.1\r\n${form(Array.from({ length: 9_000 }, (_, n) => `p${n}`).join("&"))}`,
      status: 400,
    },
    {
      given: "JSON as deep as it fits",
      text: `POST /register HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n${"[".repeat(60_000)}`,
      status: 400,
    },
    {
      given: "well-formed JSON as deep as it fits",
      text: `POST /register HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n${"[".repeat(30_000)}${"]".repeat(30_000)}`,
      status: 400,
    },
  ]) {
    spec(["I2-SIZE", "O21-AS-39"], `${given}: ${status}, and the server lives`, async () => {
      const answers = await RawConnection.exchange(attacked.port, text);
      assert.deepEqual(
        answers.map((answer) => answer.status),
        [status],
      );
      assert.equal((await attacked.caller.ask({ path: "/jwks" })).status, 200);
    });
  }

  for (const path of [
    ...[
      "/%61uthorize",
      "//authorize",
      "///authorize",
      "/authorize/",
      "/authorize;x",
      "/authorize;x=y",
      "/authorize%3f",
    ],
    ...[
      "/authorize%00",
      "/authorize%20",
      "/authorize.",
      "/authorize.json",
      "/AUTHORIZE",
      "/Authorize",
      "/./authorize",
    ],
    ...[
      "/..;/authorize",
      "/../authorize",
      "/x/../authorize",
      "/x/%2e%2e/authorize",
      "/%2e%2e/%2e%2e/etc/passwd",
    ],
    ...[
      "/%2fauthorize",
      "/authorize%2f",
      "/authorize%5c",
      "/\\authorize",
      "/token/",
      "/%74oken",
      "/token%0d%0aX:%20y",
    ],
    ...[
      "/__proto__",
      "/constructor",
      "/toString",
      "/hasOwnProperty",
      "/style.css/../jwks",
      "/jwks/.",
      "/jwks#x",
    ],
    ...["/.well-known", "/.well-known/", "/.well-known/oauth-authorization-server/", "/.env", "/.git/config"],
    ...[
      "/.well-known/oauth-authorization-server/x",
      "/.well-known/openid-configuration/..",
      "/console",
      "/admin",
    ],
  ]) {
    spec("O21-AS-39", `${path} is no route: 404 by every method, in JSON without an echo`, async () => {
      for (const method of ["GET", "POST", "OPTIONS"]) {
        const [answer] = await RawConnection.exchange(attacked.port, `${method} ${path} HTTP/1.1\r\n${end}`);
        assert.deepEqual([answer?.status, answer?.body], [404, '{"error":"not_found"}'], method);
        assert.equal(answer?.headers["access-control-allow-origin"], undefined);
      }
    });
  }

  for (const method of ["TRACE", "PUT", "DELETE", "PATCH", "PROPFIND", "SEARCH", "PURGE", "QUERY"]) {
    spec("O21-AS-39", `${method} is allowed nowhere, and echoes nothing`, async () => {
      for (const path of ["/authorize", "/token", "/jwks", "/", "/userinfo", "/register", "/livez"]) {
        const [answer] = await RawConnection.exchange(
          attacked.port,
          `${method} ${path} HTTP/1.1\r\nX-Secret: abc\r\n${end}`,
        );
        assert.equal(answer?.status, 405, path);
        assert.match(answer?.headers.allow ?? "", /GET|POST/);
        assert.doesNotMatch(JSON.stringify(answer), /abc/);
      }
    });
  }

  spec("O21-AS-39", "HEAD answers the headers of GET, and nothing else", async () => {
    for (const path of [
      "/jwks",
      "/.well-known/oauth-authorization-server",
      "/",
      "/style.css",
      "/livez",
      "/nowhere",
    ]) {
      const get = await attacked.caller.ask({ path, headers: { accept: "text/html" } });
      const head = await attacked.caller.ask({ path, method: "HEAD", headers: { accept: "text/html" } });
      assert.equal(head.status, get.status);
      assert.equal(head.text, "");
      const { "content-length": _length, date: _date, ...headers } = get.headers;
      const { date: _headDate, ...headHeaders } = head.headers;
      assert.deepEqual(headHeaders, headers, path);
    }
  });

  spec(
    "O21-AS-39",
    "four thousand cookies, and ours among them twice, are a browser without a cookie",
    async () => {
      const many = Array.from({ length: 4_000 }, (_, index) => `c${index}=1`).join(";");
      for (const cookie of [
        many.slice(0, 30_000),
        `__Host-valetkey-session=${"a".repeat(43)}; __Host-valetkey-session=${"b".repeat(43)}`,
        "=;;=;",
        "__Host-valetkey-session",
        "__proto__=1; constructor=2",
      ]) {
        const answer = await attacked.caller.ask({ path: authorize(""), headers: { cookie } });
        assert.equal(answer.status, 303);
        assert.match(answer.headers.location ?? "", /^\/sign-in\?/);
        assert.match(
          String(answer.headers["set-cookie"]),
          /^__Host-valetkey-browser=[\w-]+; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
        );
      }
    },
  );

  spec("I2-SIZE", "ten thousand cookies are more than is read: 431", async () => {
    const many = Array.from({ length: 10_000 }, (_, index) => `c${index}=1`).join(";");
    const text = `GET /authorize HTTP/1.1\r\nCookie: ${many}\r\n${end}`;
    assert.deepEqual(
      (await RawConnection.exchange(attacked.port, text)).map(({ status }) => status),
      [431],
    );
  });

  spec("O21-AS-24", "a code sent twice in one breath on one connection gives tokens once", async () => {
    const [code] = await seedCodes(attacked.store, parties, 1);
    assert.ok(code);
    const body = new URLSearchParams(redemption(parties, code)).toString();
    const one = `POST /token HTTP/1.1\r\n${form(body).replace("Connection: close\r\n", "")}`;
    const connection = await RawConnection.open(attacked.port);
    connection.say(one + one);
    const answers = answersIn(await connection.until(/invalid_grant/));
    connection.drop();
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 400]);
  });

  spec("I2-HEALTH", "closing finishes a redemption under way and refuses what comes after", async () => {
    const leaving = await anAttacked();
    const seeded = await seedParties(leaving.store);
    const [code] = await seedCodes(leaving.store, seeded, 1);
    assert.ok(code);
    const body = new URLSearchParams(redemption(seeded, code)).toString();
    const text = `POST /token HTTP/1.1\r\n${form(body).replace("Connection: close\r\n", "Expect: 100-continue\r\n")}`;
    const connection = await RawConnection.open(leaving.port);
    connection.say(text.slice(0, -10));
    await connection.until(/100 Continue/);
    const closed = leaving.close();
    connection.say(text.slice(-10));
    const [answer] = answersIn(await connection.toEnd());
    assert.equal(answer?.status, 200);
    assert.equal(answer?.headers.connection, "close");
    assert.equal(await (await RawConnection.open(leaving.port)).toEnd(), "");
    await closed;
  });
});
