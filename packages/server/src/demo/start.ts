import { start } from "../start.ts";
import { openDoors } from "./doors.ts";
import { demoPlan } from "./plan.ts";

export interface DemoOptions {
  /** 0 picks free ports. */
  readonly port: number;
  /** The folder of the database and the keys; made when it is missing. */
  readonly data: string;
}

/** The demonstration: a whole server on loopback, an MCP server and an API behind it, people to sign in as. */
export async function startDemo({ port, data }: DemoOptions) {
  const doors = await openDoors(port === 0 ? 0 : port + 1);
  try {
    const running = await start(demoPlan(port, data, doors));
    const { issuer, store, passwords } = running;
    await doors.furnish(issuer, store, passwords);
    const { mcpUrl: mcp_url, apiUrl: api_url, accounts } = doors;
    return {
      facts: { issuer, mcp_url, api_url, accounts },
      close: async () => {
        await doors.close();
        await running.close();
      },
    };
  } catch (thrown) {
    await doors.close();
    throw thrown;
  }
}
