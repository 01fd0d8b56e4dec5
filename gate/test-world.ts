import { type SharedBrowser, shareBrowser } from "../packages/server/src/testing/browser.ts";
import { type PostgresCluster, startPostgres } from "../packages/server/src/testing/postgres-cluster.ts";
import type { Step } from "./step.ts";

/** What all test files of a run share. */
export class TestWorld {
  #cluster: PostgresCluster | undefined;
  #browser: SharedBrowser | undefined;

  readonly steps: readonly Step[] = [
    {
      name: "PostgreSQL",
      run: async () => {
        this.#cluster = await startPostgres();
        return this.#cluster.version;
      },
    },
    {
      name: "browser",
      run: async () => {
        this.#browser = await shareBrowser();
        return this.#browser.version;
      },
    },
  ];

  get env(): Readonly<Record<string, string>> {
    return {
      VALETKEY_TEST_GATE: "1",
      VALETKEY_TEST_POSTGRES: this.#cluster?.url ?? "",
      VALETKEY_TEST_BROWSER: this.#browser?.address ?? "",
    };
  }

  async end(): Promise<void> {
    await Promise.all([this.#browser?.stop(), this.#cluster?.stop()]);
  }
}
