import assert from "node:assert/strict";
import { after, before, describe } from "node:test";
import { type Listener, listen } from "../http/node.ts";
import type { Handler } from "../http/router.ts";
import { contrast } from "../pages/look/contrast.ts";
import { aDeviceClient, aWaitingDevice } from "../testing/a-device.ts";
import { authorizationUrl, pkce } from "../testing/a-login.ts";
import { type AServer, api, aServer, mcp, password, usualSettings } from "../testing/a-server.ts";
import { barriersOf } from "../testing/barriers.ts";
import { type Browser, launchBrowser, type Page } from "../testing/browser.ts";
import { complaintsOf } from "../testing/complaints.ts";
import { RecordedAudit } from "../testing/recorded-audit.ts";
import { spec } from "../testing/spec.ts";

const email = "ada@example.com";

/** What a person sees of a button. */
interface Button {
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly letters: string;
  readonly ink: string;
  readonly ground: string;
  /** Of what is behind it. */
  readonly surface: string;
}

describe("the pages that ask for consent, in a real browser", () => {
  let browser: Browser;
  let server: AServer;
  let listener: Listener;

  before(async () => {
    browser = await launchBrowser();
    let handle: Handler = () => Promise.reject(new Error("not yet"));
    const options = { host: "127.0.0.1", port: 0, trustedProxies: [] };
    listener = await listen((request) => handle(request), new RecordedAudit(), options);
    const issuer = `http://127.0.0.1:${listener.port}`;
    const { look } = usualSettings(issuer);
    server = await aServer({ issuer, settings: { look: { ...look, languages: ["en", "ar"] } } });
    ({ handle } = server);
    await server.person({ email, roles: ["trainer"] });
  });
  after(async () => {
    await browser.close();
    await listener.close(1_000);
    await server.close();
  });

  for (const language of ["en", "ar"] as const)
    describe(`in ${language}`, () => {
      let page: Page;
      let complaints: readonly string[];
      before(async () => {
        page = await browser.newPage({ locale: language });
        complaints = complaintsOf(page);
      });
      after(() => page.close());

      for (const [name, open] of [
        ["the page of a device", openDevice],
        ["the consent page", openConsent],
      ] as const) {
        describe(name, () => {
          // Loaded once: how large the window is, and in which colours, a person may change at any time.
          before(async () => {
            await open(page);
            await signedIn(page);
          });
          for (const width of [360, 1280])
            for (const scheme of ["light", "dark"] as const)
              spec(
                "I6-CONSENT-REFUSE",
                `makes it as easy to refuse as to allow, ${width} wide, ${scheme}`,
                async () => {
                  await page.setViewportSize({ width, height: 800 });
                  await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
                  await requireAsEasy(page, language);
                  const again = width > 360 || scheme === "dark";
                  assert.deepEqual(await barriersOf(page, { again }), []);
                  assert.deepEqual(
                    await page.locator("html").evaluate((html) => [html.scrollWidth, html.dir]),
                    [width, language === "ar" ? "rtl" : "ltr"],
                  );
                  assert.deepEqual(complaints, []);
                },
              );
        });
      }

      spec("I6-CONSENT-SCOPES", "a risky scope stands out from the others", async () => {
        const edges = (await page.evaluate(
          `[...document.querySelectorAll("fieldset .scope")].map((row) => getComputedStyle(row).borderInlineStartWidth)`,
        )) as readonly string[];
        assert.deepEqual(edges.toSorted(), ["0px", "0px", "4px"]);
      });
    });

  async function openConsent(page: Page): Promise<void> {
    const client = await server.client({ kind: "self-registered", name: "Calendar agent ".repeat(9).trim() });
    const asked = { scope: "tools:use inference:read training:write", resource: [mcp, api] };
    await page.goto(authorizationUrl(server, client, { code_challenge: pkce().challenge, ...asked }));
  }

  async function openDevice(page: Page): Promise<void> {
    const client = await aDeviceClient(server, { kind: "self-registered" });
    const { verification_uri_complete } = await aWaitingDevice(server, client);
    await page.goto(verification_uri_complete);
    await signedIn(page);
    await page.click("button[value=yes]");
  }
});

async function signedIn(page: Page): Promise<void> {
  if (!page.url().includes("/sign-in?")) return;
  await page.fill("[name=email]", email);
  await page.fill("[name=password]", password);
  await page.press("[name=password]", "Enter");
  await page.waitForURL((url) => !url.pathname.endsWith("/sign-in"));
}

async function requireAsEasy(page: Page, language: "en" | "ar"): Promise<void> {
  const [refuse, allow] = await Promise.all([button(page, "deny"), button(page, "allow")]);
  const { box } = refuse;
  assert.deepEqual([box.y, box.width, box.height], [allow.box.y, allow.box.width, allow.box.height]);
  assert.equal(box.x < allow.box.x, language === "en", "it stands first, as the language is read");
  assert.ok(box.height >= 44 && box.width >= 120, JSON.stringify(box));
  assert.equal(refuse.letters, allow.letters);
  for (const { ink, ground, surface } of [refuse, allow]) {
    assert.ok(contrast(ink, ground) >= 4.5, `${ink} on ${ground}`);
    assert.ok(contrast(ground, surface) >= 3, `${ground} on ${surface}`);
  }
  assert.ok(contrast(refuse.ground, refuse.surface) >= contrast(allow.ground, allow.surface));
}

async function button(page: Page, value: string): Promise<Button> {
  const box = await page.locator(`button[value=${value}]`).boundingBox();
  assert.ok(box);
  const seen = (await page.evaluate(`(() => {
    const element = document.querySelector('button[value="${value}"]');
    const { fontSize, fontWeight, fontFamily, color, backgroundColor } = getComputedStyle(element);
    const surface = getComputedStyle(element.closest("main")).backgroundColor;
    return {
      letters: [fontSize, fontWeight, fontFamily].join(" "),
      ink: color,
      ground: backgroundColor,
      surface: surface === "rgba(0, 0, 0, 0)" ? getComputedStyle(document.body).backgroundColor : surface,
    };
  })()`)) as Omit<Button, "box">;
  return {
    box,
    letters: seen.letters,
    ink: hex(seen.ink),
    ground: hex(seen.ground),
    surface: hex(seen.surface),
  };
}

function hex(color: string): string {
  const channels = color.match(/^rgb\((\d+), (\d+), (\d+)\)$/)?.slice(1);
  assert.ok(channels, `${color} is no solid colour`);
  return `#${channels.map((one) => Number(one).toString(16).padStart(2, "0")).join("")}`;
}
