import { createAgent } from "../agent.ts";
import { isAgentError } from "../errors.ts";
import { fileStore } from "../store/file-store.ts";

/**
 * `node asking-process.ts FOLDER RESOURCE NOW [dies]`: a process of its own that says that it is ready, waits until its
 * standard input ends, asks for a token and prints its answer.
 * With `dies` it is killed, as `kill -9` does, when the issuer has answered and nothing is written yet.
 */
const [folder = "", resource = "", now = "", dies] = process.argv.slice(2);
const agent = createAgent({
  resource,
  store: fileStore({ folder }),
  now: () => Number(now),
  async fetch(input, init) {
    const response = await fetch(input, init);
    if (dies && String(input).endsWith("/token")) process.kill(process.pid, "SIGKILL");
    return response;
  },
});
process.stdout.write("ready\n");
await new Promise((resolve) => process.stdin.resume().once("end", resolve));
try {
  const { accessToken } = await agent.token();
  process.stdout.write(JSON.stringify({ token: accessToken }));
} catch (thrown) {
  process.stdout.write(JSON.stringify({ error: isAgentError(thrown) ? thrown.code : String(thrown) }));
}
