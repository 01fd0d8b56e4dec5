import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { aFolder } from "../testing/a-folder.ts";
import { stateFolder, systemStore } from "./system-store.ts";

describe("where logins lie", () => {
  for (const { given, environment, platform, folder } of [
    {
      given: "Linux",
      environment: { HOME: "/home/ada" },
      platform: "linux",
      folder: "/home/ada/.local/state",
    },
    {
      given: "a folder of the user's choice",
      environment: { HOME: "/home/ada", XDG_STATE_HOME: "/srv/state" },
      platform: "darwin",
      folder: "/srv/state",
    },
    {
      given: "a choice that is no whole path, which counts as none",
      environment: { HOME: "/home/ada", XDG_STATE_HOME: "state" },
      platform: "linux",
      folder: "/home/ada/.local/state",
    },
    {
      given: "macOS",
      environment: { HOME: "/Users/ada" },
      platform: "darwin",
      folder: "/Users/ada/Library/Application Support",
    },
    {
      given: "Windows",
      environment: { LOCALAPPDATA: "C:\\Users\\ada\\AppData\\Local", USERPROFILE: "C:\\Users\\ada" },
      platform: "win32",
      folder: "C:\\Users\\ada\\AppData\\Local",
    },
  ]) {
    it(`follows ${given}`, () => {
      assert.equal(stateFolder(environment, platform), folder);
    });
  }

  it("is a folder of the application's name, and the keychain is left alone where that is asked for", async () => {
    const home = aFolder();
    const environment = { XDG_STATE_HOME: home, VALETKEY_KEYCHAIN: "off" };
    const store = systemStore({ application: "notes-agent", environment });
    const kept = await store.exclusively("login-a", (slot) => slot.write({}));
    assert.match(kept.says, /no keychain is used/);
    assert.deepEqual(await readdir(home), ["notes-agent"]);
    assert.deepEqual(await readdir(join(home, "notes-agent")), ["login-a.json", "login-a.lock"]);
  });
});
