import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { spec } from "../spec.ts";
import { diagramOf } from "./diagram.ts";
import { flows } from "./index.ts";
import { Stage } from "./stage.ts";

/** A line of a Mermaid sequence diagram as `diagram.ts` writes them: nothing else may stand there. */
const line =
  /^ {2}(?:autonumber|participant [A-Za-z]+ as [A-Za-z ]+|Note over [A-Za-z]+(?:,[A-Za-z]+)?: [^;<>#]+|[A-Za-z]+(?:->>|-->>|--x)[A-Za-z]+: (?:[^;<>#]|<br\/>|#(?:35|59|lt|gt);)+)$/;

describe("the diagrams of the flows", () => {
  for (const { title, play } of flows) {
    spec("I5-CALLS", `show ${title} by what was sent, without a secret and alike each time`, async () => {
      const texts: string[] = [];
      for (let run = 0; run < 2; run++) {
        const stage = await play();
        texts.push(diagramOf(stage));
        await stage.close();
      }
      const [text = "", again] = texts;
      assert.equal(text, again);
      const [first, ...lines] = text.split("\n");
      assert.equal(first, "sequenceDiagram");
      for (const one of lines) assert.match(one, line);
      assert.doesNotMatch(text, /vk[acdrsu]_|eyJ|correct horse/);
    });
  }

  it("name a secret wherever it stands, and write what Mermaid would read as its own in entities", async () => {
    const stage = await Stage.open();
    const answer = () => Promise.resolve(Response.json({ access_token: "a;b#c", note: "<p>a;b#c;</p>" }));
    await stage.between("App", "API", answer)("https://api.example.com/?x=1;2");
    stage.note("App", "Has a;b#c; and <more>");
    assert.deepEqual(diagramOf(stage).split("\n").slice(-3), [
      "  App->>API: GET https://api.example.com/<br/>x=1#59;2",
      "  API-->>App: 200<br/>access_token: ACCESS_TOKEN<br/>note: #lt;p#gt;ACCESS_TOKEN#59;#lt;/p#gt;",
      "  Note over App: Has ACCESS_TOKEN#59; and #lt;more#gt;",
    ]);
    await stage.close();
  });
});
