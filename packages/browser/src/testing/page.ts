import { createClient } from "../index.ts";

/** What the pages of the tests run: a client of the options in the page, for the test to use. */
const options = JSON.parse(document.getElementById("options")?.textContent ?? "{}");
const client = createClient(options);
Object.assign(globalThis, { client, createClient, options });
const tell = () => {
  document.title = client.session().status;
};
client.subscribe(tell);
client.start();
