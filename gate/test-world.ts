import { findChromium } from "../packages/server/src/testing/chromium.ts";
import { type PostgresCluster, startPostgres } from "../packages/server/src/testing/postgres-cluster.ts";
import type { Step } from "./step.ts";

/** What all test files of a run share. */
export class TestWorld {
  #cluster: PostgresCluster | undefined;

  readonly steps: readonly Step[] = [
    {
      name: "PostgreSQL",
      run: async () => {
        this.#cluster = await startPostgres();
        return this.#cluster.version;
      },
    },
    { name: "browser", run: async () => (await findChromium()).version },
  ];

  get env(): Readonly<Record<string, string>> {
    return { VALETKEY_TEST_GATE: "1", VALETKEY_TEST_POSTGRES: this.#cluster?.url ?? "" };
  }

  async end(): Promise<void> {
    await this.#cluster?.stop();
  }
}
