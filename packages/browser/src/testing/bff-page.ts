import { createBffClient } from "../entries/bff-client.ts";

/** A page before a backend for frontend. */
const client = createBffClient();
Object.assign(globalThis, { client, options: { resource: "" } });
client.start();
