import type { Page } from "../../packages/server/src/testing/browser.ts";

/** The authenticator of a test's browser: a phone or laptop with a finger on its reader. */
export interface Authenticator {
  /** Its person does as they are asked. */
  answers(): Promise<void>;
  /** Its person does not touch it. */
  ignores(): Promise<void>;
  /** It does not know its person's finger. */
  refuses(): Promise<void>;
}

/** Chromium's own virtual authenticator. https://chromedevtools.github.io/devtools-protocol/tot/WebAuthn/ */
export async function anAuthenticator(page: Page): Promise<Authenticator> {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable", { enableUI: false });
  const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      ctap2Version: "ctap2_1",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
      defaultBackupEligibility: true,
      defaultBackupState: true,
    },
  });
  const present = (enabled: boolean) =>
    session.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled });
  const verified = (isUserVerified: boolean) =>
    session.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified });
  return {
    async answers() {
      await verified(true);
      await present(true);
    },
    async ignores() {
      await present(false);
    },
    async refuses() {
      await verified(false);
      await present(true);
    },
  };
}
