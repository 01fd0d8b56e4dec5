import assert from "node:assert/strict";
import { after, before, describe } from "node:test";
import { callback } from "../../packages/server/src/testing/a-server.ts";
import { answersIn, RawConnection } from "../../packages/server/src/testing/raw-connection.ts";
import { spec } from "../../packages/server/src/testing/spec.ts";
import { type Attacked, anAttacked } from "./in-process.ts";
import { type Parties, seedParties } from "./parties.ts";
import { authorizePath, end, form } from "./requests.ts";

describe("a value that would break out into a header", () => {
  let attacked: Attacked;
  let parties: Parties;
  before(async () => {
    attacked = await anAttacked();
    parties = await seedParties(attacked.store);
  });
  after(() => attacked.close());

  const authorize = (more: string) => authorizePath(parties, more);

  const breaks = [
    "\r\nSet-Cookie: evil=1",
    "\nX-Evil: 1",
    "\rX-Evil: 1",
    "\0X-Evil",
    "\r\n\r\n<script>",
    "\u2028X-Evil",
    "\u560a\u560dX-Evil: 1",
    "\u0085X-Evil: 1",
  ];
  for (const broken of breaks) {
    spec(
      ["I2-HEADERS", "O21-AS-39"],
      `${JSON.stringify(broken)} in any parameter makes no header`,
      async () => {
        const value = encodeURIComponent(`x${broken}`);
        const questions = [
          ...["state", "nonce", "scope", "prompt", "login_hint", "resource", "evil"].map((name) =>
            authorize(`&${name}=${value}`),
          ),
          `/authorize?client_id=${value}`,
          `/authorize?client_id=${parties.client.id}&redirect_uri=${value}`,
          `/authorize?client_id=${parties.client.id}&redirect_uri=${encodeURIComponent(callback)}&response_type=${value}&state=${value}&prompt=none`,
          `/sign-in?interaction=${value}`,
          `/consent?interaction=${value}`,
          `/set-up?link=${value}`,
          `/end-session?post_logout_redirect_uri=${value}&state=${value}&id_token_hint=${value}&client_id=${value}`,
          `/${value}`,
        ];
        const heads = questions.map((path) => `GET ${path} HTTP/1.1\r\n${end}`);
        for (const path of [
          "/authorize",
          "/token",
          "/introspect",
          "/revoke",
          "/sign-in",
          "/consent",
          "/end-session",
        ]) {
          const names = [
            "client_id",
            "grant_type",
            "code",
            "state",
            "redirect_uri",
            "token",
            "interaction",
            "email",
            "decision",
          ];
          heads.push(`POST ${path} HTTP/1.1\r\n${form(names.map((name) => `${name}=${value}`).join("&"))}`);
        }
        let reflected = 0;
        for (const head of heads) {
          const connection = await RawConnection.open(attacked.port);
          connection.say(head);
          const text = await connection.toEnd();
          const [answer, ...others] = answersIn(text);
          assert.deepEqual(others, []);
          const cookies = answer?.headers["set-cookie"] ?? "";
          assert.doesNotMatch(cookies, /evil/i);
          assert.equal(answer?.headers["x-evil"], undefined);
          if (answer?.headers.location?.includes("state=x")) reflected++;
          assert.ok((answer?.status ?? 0) < 500, `${answer?.status} for ${head.slice(0, 200)}`);
          const headText = text.slice(0, text.indexOf("\r\n\r\n"));
          // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
          assert.doesNotMatch(headText.replaceAll("\r\n", ""), /[\x00-\x08\x0a-\x1f\x7f-\xff]/);
        }
        assert.ok(reflected > 0, "no answer carried the value at all");
      },
    );
  }
});
