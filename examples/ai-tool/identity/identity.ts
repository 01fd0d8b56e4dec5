import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { createServer, openPorts } from "valetkey";
import { demoPlan } from "../../../packages/server/src/demo/plan.ts";
import type { Door } from "../door.ts";
import { people } from "../people.ts";
import { type Credentials, seed } from "./seed.ts";

export interface Identity {
  readonly issuer: string;
  /** What the API, the agent and the job prove themselves with. */
  readonly credentials: Credentials;
  /** The name of a person or client. */
  nameOf(subject: string): Promise<string | undefined>;
  /** For the tests, which add what the example does not need. */
  readonly store: Awaited<ReturnType<typeof openPorts>>["ports"]["store"];
  close(): Promise<void>;
}

export interface Around {
  /** The folder of the database and the keys. */
  readonly data: string;
  /** Where the page and the API are. */
  readonly page: string;
  readonly api: string;
}

/** The company's Valetkey: a server of its own, embedded here so that one command starts everything. */
export async function openIdentity(at: Door, { data, page, api }: Around): Promise<Identity> {
  const demo = { mcpUrl: api, apiUrl: api, accounts: people };
  const plan = demoPlan(Number(new URL(at.origin).port), data, demo);
  const { ports, close } = await openPorts(plan);
  const settings = {
    ...plan.settings(Number(new URL(at.origin).port)),
    issuer: at.origin,
    productName: "Lantern accounts",
    defaultResource: api,
  };
  const server = createServer(settings, ports);
  const credentials = await seed(ports, { page, api });

  at.open(async (incoming, outgoing) => {
    // The people who come to its front door look for the tool.
    if (incoming.url === "/") return outgoing.writeHead(303, { location: page }).end();
    const { method = "GET", url = "/" } = incoming;
    const headers = Object.entries(incoming.headersDistinct).flatMap(([name, values = []]) =>
      values.map((value): [string, string] => [name, value]),
    );
    // As a stream: the server reads no more of it than any request of the protocol has.
    const body = Readable.toWeb(incoming) as ReadableStream;
    const sent = method === "GET" || method === "HEAD" ? {} : { body, duplex: "half" as const };
    const request = new Request(at.origin + url, { method, headers, ...sent });
    const answer = await server.fetch(request, { address: incoming.socket.remoteAddress ?? "" });
    outgoing.setHeaders(answer.headers);
    outgoing.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer()));
  });

  return {
    issuer: settings.issuer,
    credentials,
    store: ports.store,
    async nameOf(subject) {
      const person = await ports.store.accounts.find(subject);
      return person?.name ?? (await ports.store.clients.find(subject))?.name;
    },
    async close() {
      server.endWaits();
      await close();
    },
  };
}
