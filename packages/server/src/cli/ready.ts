import type { LoadedConfig } from "../config/load.ts";
import { setUpLink } from "../operations/set-up-link.ts";
import type { Running } from "../start.ts";
import type { Io } from "./command.ts";

/** What there is to say of a server that began to serve. */
export interface Ready {
  readonly issuer: string;
  /** While nobody administers the server. */
  readonly set_up_link?: string;
  /** How many processes serve, when there are several. */
  readonly workers?: number;
}

export async function readyOf({ store, issuer }: Running, io: Io): Promise<Ready> {
  const link = await setUpLink(store, issuer, io.now());
  return { issuer, ...(link === undefined ? {} : { set_up_link: link }) };
}

/** The one line of JSON, or the words for people. */
export function readyText(
  { issuer, set_up_link, workers }: Ready,
  readyMs: number,
  { listen: { host, port } }: LoadedConfig,
  isJson: boolean,
): string {
  if (isJson) {
    const more = {
      ...(workers === undefined ? {} : { workers }),
      ...(set_up_link === undefined ? {} : { set_up_link }),
    };
    return `${JSON.stringify({ issuer, ready_ms: readyMs, ...more })}\n`;
  }
  const by = workers === undefined ? "" : ` by ${workers} processes`;
  const text = `Valetkey is running (${readyMs} ms). Issuer ${issuer}, listening on ${host} port ${port}${by}.\n`;
  return set_up_link === undefined ? text : `${text}${invitation(set_up_link)}`;
}

function invitation(link: string): string {
  return `\nNobody administers this server yet. Open this link once, within 24 hours, to make the first administrator:\n\n  ${link}\n\n`;
}
