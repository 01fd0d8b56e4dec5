import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { demoPlan } from "./demo/plan.ts";
import type { Settings } from "./ports/settings.ts";
import { start } from "./start.ts";

describe("a start that fails once its port is open", () => {
  for (const { given, spoil } of [
    {
      given: "the settings cannot be made",
      spoil: (): Settings => {
        throw new Error("spoilt");
      },
    },
    {
      given: "the server cannot be made of the settings",
      spoil: (settings: Settings): Settings => ({
        ...settings,
        get issuer(): string {
          throw new Error("spoilt");
        },
      }),
    },
  ]) {
    it(`closes the port again: ${given}`, async (t) => {
      const data = await mkdtemp(join(tmpdir(), "valetkey-start-"));
      t.after(() => rm(data, { recursive: true }));
      const plan = demoPlan(0, data, {
        mcpUrl: "http://127.0.0.1:1/mcp",
        apiUrl: "http://127.0.0.1:1/",
        accounts: [],
      });
      let port = 0;
      const settings = (bound: number) => {
        port = bound;
        return spoil(plan.settings(bound));
      };
      await assert.rejects(start({ ...plan, settings }), /spoilt/);
      assert.notEqual(port, 0);
      const socket = connect(port, "127.0.0.1");
      t.after(() => socket.destroy());
      const outcome = await Promise.race([
        once(socket, "connect").then(() => "open"),
        new Promise((resolve) => socket.once("error", resolve)),
      ]);
      assert.equal((outcome as NodeJS.ErrnoException).code, "ECONNREFUSED");
    });
  }
});
