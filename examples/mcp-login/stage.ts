import assert from "node:assert/strict";
import { type Browser, launchBrowser } from "../../packages/server/src/testing/browser.ts";
import { certificate } from "./client-document.ts";
import { type Facts, startDemonstration } from "./demonstration.ts";
import { Person } from "./person.ts";

/** What all stories of a run share: the demonstration and a browser. */
export interface Stage {
  readonly facts: Facts;
  /** Ada, with no cookie of an earlier visit. */
  ada(): Promise<Person>;
  close(): Promise<void>;
}

/** Nothing stays open when it fails. */
export async function openStage(): Promise<Stage> {
  const demonstration = await startDemonstration({ trust: certificate });
  const { facts } = demonstration;
  let browser: Browser | undefined;
  const close = async () => {
    await browser?.close();
    await demonstration.close();
  };
  try {
    const [account] = facts.accounts;
    assert.ok(account);
    const opened = await launchBrowser();
    browser = opened;
    return { facts, ada: () => Person.at(opened, account), close };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}
