import { AgentError } from "../errors.ts";
import { type Client, type ClientOption, isConfidential } from "./identity.ts";

/** The client, which can prove itself. @throws AgentError client-needed */
export function requireProof(client: Extract<ClientOption, { readonly id: string }>): Client {
  if (isConfidential(client)) return { ...client, origin: "given" };
  throw new AgentError("client-needed", `The client ${client.id.slice(0, 200)} has neither secret nor key.`);
}
