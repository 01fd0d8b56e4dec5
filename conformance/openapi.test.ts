import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { openApiDescription } from "../gate/openapi-page.ts";
import { flows } from "../packages/server/src/testing/flows/index.ts";
import type { Exchange } from "../packages/server/src/testing/flows/stage.ts";
import { foreign } from "../packages/server/src/testing/foreign.ts";
import { accountExchanges } from "./account-exchanges.ts";
import { DescribedAnswers } from "./described-answers.ts";
import { otherExchanges } from "./other-exchanges.ts";

interface Parser {
  validate(document: object): Promise<unknown>;
}

const { SwaggerParser: parser } = foreign("@apidevtools/swagger-parser") as { SwaggerParser: Parser };
const document = openApiDescription();

describe("the OpenAPI description", () => {
  const answers = new DescribedAnswers(document);
  const played: Exchange[] = [];

  before(async () => {
    for (const flow of flows) {
      const stage = await flow.play();
      played.push(...stage.exchanges);
      await stage.close();
    }
    played.push(...(await otherExchanges()), ...(await accountExchanges()));
  });

  it("is an OpenAPI 3.1 document", async () => {
    await parser.validate(structuredClone(document));
    const broken = {
      ...structuredClone(document),
      openapi: "3.1.0",
      paths: { "/token": { post: { responses: 1 } } },
    };
    await assert.rejects(parser.validate(broken));
  });

  it("gives examples that its schemas allow", () => {
    const { checked, faults } = answers.examples();
    assert.deepEqual(faults, []);
    assert.ok(checked > 100, `${checked} examples`);
  });

  it("[I5-CALLS] describes every answer that the running server gave, its status, type and every member", () => {
    assert.deepEqual(
      played.flatMap((exchange) => answers.faultsOf(exchange)),
      [],
    );
  });

  it("describes every request that the running server took", () => {
    assert.deepEqual(
      played.flatMap((exchange) => answers.requestFaultsOf(exchange)),
      [],
    );
  });

  it("was compared with an answer of every operation", () => {
    assert.deepEqual(answers.unheard(played), []);
  });

  it("was compared with answers of every status that it knows", () => {
    const heard = new Set(played.map(({ given }) => given.status));
    assert.deepEqual([...heard].toSorted(), [200, 201, 303, 400, 401, 403, 410, 421, 429, 503]);
  });

  it("notices a member, a status, an error and a parameter that it does not know", () => {
    const found = played.find(({ sent, given }) => sent.url.endsWith("/token") && given.status === 200);
    assert.ok(found);
    const { sent, given } = found;
    const changed = (change: Partial<Exchange["given"]>) =>
      answers.faultsOf({ sent, given: { ...given, ...change } });
    const body = JSON.stringify({ ...JSON.parse(given.body), secret: "x" });
    assert.match(changed({ body }).join(), /must NOT have additional properties/);
    assert.match(changed({ body: "{}" }).join(), /must have required property 'access_token'/);
    assert.match(changed({ status: 418 }).join(), /418/);
    assert.match(changed({ status: 400, body: '{"error":"insufficient_scope"}' }).join(), /allowed values/);
    const more = { ...sent, body: `${sent.body}&unknown=1` };
    assert.match(
      answers.requestFaultsOf({ sent: more, given }).join(),
      /must NOT have additional properties/,
    );
  });
});
