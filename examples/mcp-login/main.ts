import { type Registration, tellStory } from "./story.ts";
import { client } from "./with-client.ts";
import { sdk } from "./with-sdk.ts";

// `node main.ts [sdk|client] [document|registration]`: without words, every package with every kind.
const [packageAsked, kindAsked] = process.argv.slice(2);
const packages = { sdk, client };
const kinds: readonly Registration[] = ["document", "registration"];

for (const [word, made] of Object.entries(packages)) {
  for (const kind of kinds) {
    if ((packageAsked ?? word) !== word || (kindAsked ?? kind) !== kind) continue;
    console.log(`\n${made.name}, known by ${kind === "document" ? "its document" : "registration"}`);
    await tellStory(made, kind, (sentence) => console.log(`- ${sentence}`));
  }
}
console.log("\nAll as it should be.");
