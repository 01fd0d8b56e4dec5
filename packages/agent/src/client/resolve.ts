import { hash } from "node:crypto";
import type { Issuer } from "../discovery/issuer.ts";
import { AgentError } from "../errors.ts";
import type { Instant } from "../instant.ts";
import type { Outbound } from "../outbound.ts";
import type { LoginStore } from "../store/store.ts";
import { type Client, type ClientOption, isConfidential } from "./identity.ts";
import { type Registration, type RegistrationOptions, register } from "./registration.ts";

/** Who the client is told to be, and what it would register as. */
export interface ClientChoice {
  readonly client?: ClientOption | undefined;
  readonly registration: RegistrationOptions;
  /** Whether the caller named the issuer, and did not learn of it from a resource. */
  readonly isIssuerNamed: boolean;
}

/**
 * What a caller said that the client is; undefined: nothing, so that it must register.
 * MCP authorization, registration: what was registered before comes first, then the metadata document.
 * @throws AgentError client-foreign, client-refused
 */
export function givenClient({ client, isIssuerNamed }: ClientChoice, issuer: Issuer): Client | undefined {
  if (client === undefined) return undefined;
  if ("document" in client) {
    if (issuer.takesDocuments) return { id: client.document, origin: "document" };
    throw new AgentError("client-refused", `${issuer.issuer} does not read client metadata documents.`);
  }
  if (isConfidential(client) && !isIssuerNamed) throw clientForeign(issuer.issuer);
  return { ...client, origin: "given" };
}

/** A resource could name anybody: a secret or key goes to an issuer that the caller names, and to no other. */
export function clientForeign(issuer: string): AgentError {
  return new AgentError("client-foreign", `Only the resource says that ${issuer} is its issuer.`);
}

/**
 * The registration at this issuer that an earlier sign-in left behind: MCP authorization, Authorization Server Binding.
 * undefined: there is none, or its secret has expired.
 */
export async function rememberedRegistration(
  store: LoginStore,
  issuer: string,
  now: Instant,
): Promise<Registration | undefined> {
  const found = (await store.read(nameOf(issuer))) as Registration | undefined;
  return found?.issuer === issuer && isCurrent(found, now) ? found : undefined;
}

/** Registers once, however many processes ask at once. @throws AgentError client-needed, client-refused */
export async function ownRegistration(
  store: LoginStore,
  outbound: Outbound,
  issuer: Issuer,
  about: { readonly redirectUri: string; readonly registration: RegistrationOptions; readonly now: Instant },
): Promise<Registration> {
  return await store.exclusively(nameOf(issuer.issuer), async (slot) => {
    const found = (await slot.read()) as Registration | undefined;
    if (found?.issuer === issuer.issuer && isCurrent(found, about.now)) return found;
    const made = await register(outbound, issuer, about.redirectUri, about.registration);
    await slot.write(made, { isNew: true });
    return made;
  });
}

/** The issuer no longer knows it: the next sign-in registers anew. */
export async function forgetRegistration(store: LoginStore, issuer: string, clientId: string): Promise<void> {
  await store.exclusively(nameOf(issuer), async (slot) => {
    const found = (await slot.read()) as Registration | undefined;
    if (found?.client.id === clientId) await slot.remove();
  });
}

function isCurrent({ expiresAt }: Registration, now: Instant): boolean {
  return expiresAt === undefined || expiresAt > now;
}

function nameOf(issuer: string): string {
  return `client-${hash("sha256", issuer, "hex").slice(0, 32)}`;
}
