import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { fileStore } from "./file-store.ts";
import { systemKeychain } from "./keychain.ts";
import type { LoginStore } from "./store.ts";

type Environment = Readonly<Record<string, string | undefined>>;

export interface SystemStoreOptions {
  /** The name of the folder; programs with one name share their logins. */
  readonly application?: string;
  readonly environment?: Environment;
  readonly platform?: string;
}

/** The store of this user on this machine: see {@link fileStore}. VALETKEY_KEYCHAIN=off leaves the keychain alone. */
export function systemStore({
  application = "valetkey",
  environment = process.env,
  platform = process.platform,
}: SystemStoreOptions = {}): LoginStore {
  const folder = join(stateFolder(environment, platform), application);
  const keychain = environment.VALETKEY_KEYCHAIN === "off" ? undefined : systemKeychain(folder);
  return fileStore({ folder, keychain });
}

/** XDG Base Directory 0.8: a relative path is none. macOS and Windows have folders of their own. */
export function stateFolder(environment: Environment, platform: string): string {
  const { XDG_STATE_HOME: xdg, LOCALAPPDATA: local, HOME, USERPROFILE } = environment;
  if (xdg !== undefined && isAbsolute(xdg)) return xdg;
  const home = HOME || USERPROFILE || homedir();
  if (platform === "win32") return local || join(home, "AppData", "Local");
  if (platform === "darwin") return join(home, "Library", "Application Support");
  return join(home, ".local", "state");
}
