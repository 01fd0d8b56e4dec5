import type { LoadedConfig } from "../config/load.ts";
import { planOf } from "../config/plan.ts";
import { setUpLink } from "../operations/set-up-link.ts";
import { start } from "../start.ts";
import type { Io } from "./command.ts";
import { stopOnSignal } from "./stop.ts";

/** `valetkey start --config`: the real server. @returns the exit status, once a signal stopped it */
export async function startConfigured(config: LoadedConfig, isJson: boolean, io: Io): Promise<number> {
  const running = await start(planOf(config, io.env.VALETKEY_KEYS));
  const link = await setUpLink(running.store, running.issuer, io.now());
  // Since the process began, the loading of the program included.
  const readyMs = Math.round(performance.now());
  if (isJson) {
    const facts = {
      issuer: running.issuer,
      ready_ms: readyMs,
      ...(link === undefined ? {} : { set_up_link: link }),
    };
    io.out(`${JSON.stringify(facts)}\n`);
  } else {
    const { host, port } = config.listen;
    io.out(
      `Valetkey is running (${readyMs} ms). Issuer ${running.issuer}, listening on ${host} port ${port}.\n`,
    );
    if (link !== undefined) io.out(invitation(link));
  }
  return await stopOnSignal(running, io, isJson);
}

function invitation(link: string): string {
  return `\nNobody administers this server yet. Open this link once, within 24 hours, to make the first administrator:\n\n  ${link}\n\n`;
}
