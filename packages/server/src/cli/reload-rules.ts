import { readFileSync, unwatchFile, watchFile } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

export interface Reloading {
  readonly onHangUp: boolean;
  /** Takes the text, or tells why not. */
  replace(text: string): void;
  log(line: string): void;
  /**
   * Milliseconds between two looks at the file; 1,000. By looking, not by events: those get lost over network mounts,
   * links and renames.
   */
  readonly lookEvery?: number;
}

/** In milliseconds. A file that is still being written is not what its writer means. */
const settle = 200;
const mostLooks = 20;

/** Reads the file anew when it changes, and on SIGHUP. Nothing changes when it reads as before. */
export function reloadRules(file: string, reloading: Reloading): { close(): void } {
  const { onHangUp, replace, log, lookEvery = 1_000 } = reloading;
  let last = textOf(file);
  let underWay = Promise.resolve();

  async function reload(isAsked: boolean): Promise<void> {
    const text = await settled(file);
    if (text === undefined) log("rules not taken: their file cannot be read, or does not stop changing");
    else if (isAsked || text !== last) {
      last = text;
      replace(text);
    }
  }

  // One after the other, so that the newest text is the one that stays.
  const next = (isAsked: boolean) => {
    underWay = underWay.then(() => reload(isAsked)).catch((thrown) => log(`rules not taken: ${thrown}`));
  };
  const changed = () => next(false);
  const hungUp = () => next(true);
  watchFile(file, { interval: lookEvery, persistent: false }, changed);
  if (onHangUp) process.on("SIGHUP", hungUp);
  return {
    close() {
      unwatchFile(file, changed);
      process.off("SIGHUP", hungUp);
    },
  };
}

/** The text, once it was the same twice in a row; undefined when it cannot be read or never stands still. */
async function settled(file: string): Promise<string | undefined> {
  let before = textOf(file);
  for (let look = 0; look < mostLooks; look++) {
    await pause(settle, undefined, { ref: false });
    const now = textOf(file);
    if (now !== undefined && now === before) return now;
    before = now;
  }
  return undefined;
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
