import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  chmod,
  link,
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  stat,
  symlink,
  unlink,
  writeFile,
} from "node:fs/promises";
import { constants } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { aFolder } from "../testing/a-folder.ts";
import { fileStore } from "./file-store.ts";
import type { Keychain } from "./keychain.ts";
import { memoryStore } from "./memory-store.ts";
import type { LoginStore } from "./store.ts";

const secret = "vkr_the-refresh-token";

/** A keychain that can be locked. */
function aKeychain(): Keychain & { isOpen: boolean; key: Uint8Array | undefined; writes: number } {
  return {
    name: "the keychain of the test",
    isOpen: true,
    key: undefined,
    writes: 0,
    async read() {
      if (!this.isOpen) throw new Error("locked");
      const { key } = this;
      // As a real one does, it takes its time.
      await pause(5);
      return key;
    },
    async write(key) {
      if (!this.isOpen) throw new Error("locked");
      this.writes += 1;
      this.key = key;
    },
  };
}

const put = (store: LoginStore, name: string, value: unknown, isNew = false) =>
  store.exclusively(name, (slot) => slot.write(value, { isNew }));

for (const { kind, open } of [
  { kind: "files", open: () => fileStore({ folder: join(aFolder(), "deep", "store") }) },
  { kind: "files under a keychain", open: () => fileStore({ folder: aFolder(), keychain: aKeychain() }) },
  { kind: "memory", open: memoryStore },
]) {
  describe(`a store of ${kind}`, () => {
    it("gives what was written, by its name, until it is removed", async () => {
      const store = open();
      assert.equal(await store.read("login-a"), undefined);
      await put(store, "login-a", { token: secret });
      await put(store, "login-b", { token: "other" });
      assert.deepEqual(await store.read("login-a"), { token: secret });
      assert.deepEqual((await store.names()).toSorted(), ["login-a", "login-b"]);
      await store.exclusively("login-a", (slot) => slot.remove());
      await store.exclusively("login-a", (slot) => slot.remove());
      assert.deepEqual(await store.names(), ["login-b"]);
    });

    it("lets one in at a time, and the next when the first has failed", async () => {
      const store = open();
      let inside = 0;
      let most = 0;
      const all = await Promise.allSettled(
        Array.from({ length: 12 }, (_, at) =>
          store.exclusively("login-a", async (slot) => {
            inside += 1;
            most = Math.max(most, inside);
            const before = ((await slot.read()) as { count: number } | undefined)?.count ?? 0;
            await slot.write({ count: before + 1 });
            inside -= 1;
            if (at % 3 === 0) throw new Error("on purpose");
          }),
        ),
      );
      assert.equal(most, 1);
      assert.equal(all.filter(({ status }) => status === "rejected").length, 4);
      assert.deepEqual(await store.read("login-a"), { count: 12 });
    });
  });
}

describe("the files of a store", () => {
  const aStore = async () => {
    const folder = join(aFolder(), "store");
    const store = fileStore({ folder });
    const kept = await put(store, "login-a", { token: secret });
    return { folder, store, kept, file: join(folder, "login-a.json") };
  };

  it("[I5-KEPT] are the user's alone, whatever the umask", async () => {
    const before = process.umask(0);
    try {
      const { folder, file, kept } = await aStore();
      assert.equal((await stat(folder)).mode & 0o777, 0o700);
      assert.equal((await stat(file)).mode & 0o777, 0o600);
      assert.equal(kept.isSealed, false);
      assert.match(
        kept.says,
        /kept unsealed in .*login-a\.json, which this user alone can read: no keychain is used/,
      );
    } finally {
      process.umask(before);
    }
  });

  for (const { given, spoil, message } of [
    { given: "that others can read", spoil: (file: string) => chmod(file, 0o644), message: /mode 0644/ },
    { given: "that the group can write", spoil: (file: string) => chmod(file, 0o620), message: /mode 0620/ },
    {
      given: "that is a link",
      async spoil(file: string) {
        await rename(file, `${file}.real`);
        await symlink(`${file}.real`, file);
      },
      message: /is a link/,
    },
    {
      given: "that has another name elsewhere",
      spoil: (file: string) => link(file, `${file}.other`),
      message: /no file of its own/,
    },
    {
      given: "that is a pipe, without waiting for its other end",
      async spoil(file: string) {
        await unlink(file);
        execFileSync("mkfifo", ["-m", "600", file]);
      },
      message: /no file of its own/,
    },
  ]) {
    it(`[I5-KEPT] are refused: one ${given}`, async () => {
      const { store, file } = await aStore();
      await spoil(file);
      await assert.rejects(store.read("login-a"), { code: "store-unsafe", message });
    });
  }

  it("are refused, neither removed nor replaced, where a folder stands", async () => {
    const { folder, store, file } = await aStore();
    await rename(file, `${file}.real`);
    await mkdir(file);
    const refused = { code: "store-unsafe", message: /login-a\.json is no file of its own/ };
    const before = await readdir(folder);
    await assert.rejects(store.read("login-a"), refused);
    await assert.rejects(put(store, "login-a", {}, true), refused);
    await assert.rejects(
      store.exclusively("login-a", (slot) => slot.remove()),
      refused,
    );
    assert.deepEqual(await readdir(folder), before);
  });

  it("are refused in a folder that others can enter", async () => {
    const { folder, store } = await aStore();
    await chmod(folder, 0o755);
    await assert.rejects(store.read("login-a"), { code: "store-unsafe", message: /mode 0755/ });
    await assert.rejects(put(store, "login-a", {}), { code: "store-unsafe" });
    await assert.rejects(store.names(), { code: "store-unsafe" });
  });

  it("are refused in a folder that is a link to another", async () => {
    const { folder, store } = await aStore();
    await rename(folder, `${folder}-real`);
    await symlink(`${folder}-real`, folder);
    await assert.rejects(store.read("login-a"), { code: "store-unsafe" });
  });

  it("are refused when they belong to another user", async (context) => {
    context.mock.method(process as { getuid(): number }, "getuid", () => 54_321);
    await assert.rejects(fileStore({ folder: aFolder() }).read("login-a"), {
      code: "store-unsafe",
      message: /belongs to another user/,
    });
  });

  it("[I5-KEPT] replace a link that stands in their place, and write nothing through it", async () => {
    const { store, file, folder } = await aStore();
    const target = join(folder, "target");
    await writeFile(target, "untouched");
    await rename(file, `${file}.old`);
    await symlink(target, file);
    await put(store, "login-a", { token: "new" }, true);
    assert.equal(await readFile(target, "utf8"), "untouched");
    assert.equal((await lstat(file)).isFile(), true);
    assert.deepEqual(await store.read("login-a"), { token: "new" });
  });

  it("are cleared of what a killed process left half written", async () => {
    const { folder, store } = await aStore();
    await writeFile(join(folder, "login-a.json.0123456789abcdef.new"), secret, { mode: 0o600 });
    await writeFile(join(folder, "login-b.json.0123456789abcdef.new"), secret, { mode: 0o600 });
    await put(store, "login-a", {});
    assert.deepEqual(
      (await readdir(folder)).filter((name) => name.endsWith(".new")),
      ["login-b.json.0123456789abcdef.new"],
    );
  });

  it("stay as they were on a disk that is full, with nothing beside them, and the system's words are told", async (context) => {
    const { folder, store, file } = await aStore();
    const handle = await open(file);
    const full = async () => {
      throw Object.assign(new Error("write"), {
        errno: -constants.errno.ENOSPC,
        code: "ENOSPC",
        syscall: "write",
      });
    };
    const mocked = context.mock.method(Object.getPrototypeOf(handle), "writeFile", full);
    await handle.close();
    await assert.rejects(put(store, "login-a", { token: "new" }), {
      code: "store-failed",
      message: /store cannot be used: no space left on device \(ENOSPC\)\. Make room/,
    });
    mocked.mock.restore();
    assert.deepEqual(await readdir(folder), ["login-a.json", "login-a.lock"]);
    assert.deepEqual(await store.read("login-a"), { token: secret });
  });

  it("are told to be out of reach where a file stands in the place of the folder, or of the lock", async () => {
    const { folder, store, file } = await aStore();
    await assert.rejects(fileStore({ folder: join(file, "store") }).names(), { code: "store-failed" });
    await writeFile(join(folder, "login-b.lock"), "no lock ".repeat(200));
    await assert.rejects(put(store, "login-b", {}), {
      code: "store-failed",
      message: /login-b\.lock cannot be used/,
    });
  });

  for (const text of [
    "",
    "{",
    "null",
    '{"version":2,"open":{}}',
    '{"version":1}',
    '{"version":1,"sealed":7}',
  ]) {
    it(`are told to be broken where they say ${JSON.stringify(text)}, and can be made anew`, async () => {
      const { store, file } = await aStore();
      await writeFile(file, text);
      await assert.rejects(store.read("login-a"), { code: "store-broken" });
      await put(store, "login-a", { token: "new" }, true);
      assert.deepEqual(await store.read("login-a"), { token: "new" });
    });
  }

  it("never have a name that leads elsewhere", async () => {
    const store = fileStore({ folder: aFolder() });
    for (const name of ["../x", "a/b", "", "A", ".json", "x".repeat(101)]) {
      await assert.rejects(store.read(name), TypeError);
      await assert.rejects(put(store, name, {}), TypeError);
    }
  });
});

describe("a store under a keychain", () => {
  it("[I5-KEPT] holds nothing that can be read without the key, which is made once", async () => {
    const folder = aFolder();
    const keychain = aKeychain();
    const stores = Array.from({ length: 5 }, () => fileStore({ folder, keychain }));
    const all = await Promise.all(stores.map((store, at) => put(store, `login-${at}`, { token: secret })));
    assert.ok(all.every(({ isSealed }) => isSealed));
    assert.match(all[0]?.says ?? "", /sealed with a key in the keychain of the test/);
    assert.equal(keychain.writes, 1);
    for (const name of await readdir(folder)) {
      assert.doesNotMatch(await readFile(join(folder, name), "latin1"), /vkr_|token/, name);
    }
    assert.deepEqual(await fileStore({ folder, keychain }).read("login-3"), { token: secret });
  });

  it("does not open an entry under another's name, nor a changed one", async () => {
    const folder = aFolder();
    const store = fileStore({ folder, keychain: aKeychain() });
    await put(store, "login-a", { token: secret });
    await put(store, "login-b", { token: "other" });
    await rename(join(folder, "login-a.json"), join(folder, "login-b.json"));
    await assert.rejects(store.read("login-b"), { code: "store-sealed" });
    await put(store, "login-a", { token: secret });
    const file = join(folder, "login-a.json");
    const text = await readFile(file, "utf8");
    // A letter in the middle: the last one may hold bits that count for nothing.
    const middle = Math.floor(text.length / 2);
    const other = text[middle] === "A" ? "B" : "A";
    await writeFile(file, `${text.slice(0, middle)}${other}${text.slice(middle + 1)}`);
    await assert.rejects(store.read("login-a"), { code: "store-sealed" });
  });

  it("lies open, and says so, where the keychain cannot be reached; and stays so until it is made anew", async () => {
    const folder = aFolder();
    const keychain = aKeychain();
    keychain.isOpen = false;
    const store = fileStore({ folder, keychain });
    const kept = await put(store, "login-a", { token: "1" });
    assert.equal(kept.isSealed, false);
    assert.match(kept.says, /the keychain of the test cannot be reached/);
    keychain.isOpen = true;
    // A job without a desktop goes on with what it can read.
    assert.equal((await put(store, "login-a", { token: "2" })).isSealed, false);
    assert.deepEqual(await fileStore({ folder }).read("login-a"), { token: "2" });
    assert.equal((await put(store, "login-a", { token: "3" }, true)).isSealed, true);
  });

  it("says that the keychain is needed where it is closed, gone, or not used", async () => {
    const folder = aFolder();
    const keychain = aKeychain();
    await put(fileStore({ folder, keychain }), "login-a", { token: secret });
    await assert.rejects(fileStore({ folder }).read("login-a"), { code: "store-sealed" });
    keychain.isOpen = false;
    await assert.rejects(fileStore({ folder, keychain }).read("login-a"), { code: "store-sealed" });
    keychain.isOpen = true;
    keychain.key = undefined;
    await assert.rejects(fileStore({ folder, keychain }).read("login-a"), {
      code: "store-sealed",
      message: /no longer holds the key/,
    });
    keychain.key = new Uint8Array(32);
    await assert.rejects(fileStore({ folder, keychain }).read("login-a"), { code: "store-sealed" });
  });

  it("seals again what it opened, should the keychain close in between", async () => {
    const folder = aFolder();
    const keychain = aKeychain();
    await put(fileStore({ folder, keychain }), "login-a", { token: "1" });
    const store = fileStore({ folder, keychain });
    await store.exclusively("login-a", async (slot) => {
      await slot.read();
      keychain.isOpen = false;
      assert.equal((await slot.write({ token: "2" })).isSealed, true);
    });
    keychain.isOpen = true;
    assert.deepEqual(await fileStore({ folder, keychain }).read("login-a"), { token: "2" });
  });
});

it("a folder is made inside others that do not exist yet", async () => {
  const folder = join(aFolder(), "a", "b", "c");
  await put(fileStore({ folder }), "login-a", 1);
  await mkdir(folder, { recursive: true });
  assert.equal((await stat(folder)).mode & 0o777, 0o700);
});
