import { askedFor } from "./asked.ts";
import { openStage } from "./stage.ts";
import { tellStory } from "./story.ts";
import { client } from "./with-client.ts";
import { sdk } from "./with-sdk.ts";

// `node main.ts [sdk|client] [document|registration]`: without words, every package with every kind.
const asked = askedFor(process.argv.slice(2));
const packages = { sdk, client };

const stage = await openStage();
try {
  console.log(`The demonstration is ready: ${stage.facts.mcp_url} is guarded by ${stage.facts.issuer}.`);
  for (const word of asked.packages) {
    for (const kind of asked.kinds) {
      const known = kind === "document" ? "its document" : "registration";
      console.log(`\n${packages[word].name}, known by ${known}`);
      await tellStory(packages[word], kind, stage, (sentence) => console.log(`- ${sentence}`));
    }
  }
} finally {
  await stage.close();
}
console.log("\nAll as it should be.");
