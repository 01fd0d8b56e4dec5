import type { ConfigFault } from "./fault.ts";
import type { Config } from "./schema.ts";

type Given = Config["upstreams"][string];
type Fault = readonly [member: keyof Given, reason: string, example: string];

/** What one upstream has that its kind does not know, lacks that it must have, or has twice. */
export function upstreamContradictions({ upstreams }: Config): ConfigFault[] {
  return Object.entries(upstreams).flatMap(([id, given]) =>
    faultsOf(given)
      .filter((fault) => fault !== false)
      .map(([member, reason, example]) => ({
        name: `upstreams.${id}.${member}`,
        reason,
        example,
      })),
  );
}

function faultsOf(given: Given): readonly (Fault | false)[] {
  const { kind } = given;
  const isApple = kind === "apple";
  const hasKey = given.private_key_file !== undefined;
  const secrets = [given.client_secret, given.client_secret_file, given.private_key_file];
  const takesKey = isApple || kind === "oidc";
  const isOther = (...kinds: readonly Given["kind"][]) => !kinds.includes(kind);
  return [
    kind === "oidc" &&
      given.issuer === undefined && [
        "issuer",
        "is missing: nothing else says which provider it is",
        "For example: issuer: https://id.example.com",
      ],
    isOther("oidc", "github") &&
      given.issuer !== undefined && [
        "kind",
        "has an issuer of its own, and another is named",
        "Take the issuer away, or say kind: oidc.",
      ],
    isOther("microsoft") &&
      given.tenant !== undefined && [
        "tenant",
        `is known to microsoft only, not to ${kind}`,
        "Take it away, or say kind: microsoft.",
      ],
    isOther("apple") &&
      given.team_id !== undefined && [
        "team_id",
        `is known to apple only, not to ${kind}`,
        "Take it away, or say kind: apple.",
      ],
    isApple &&
      given.team_id === undefined && [
        "team_id",
        "is missing: Apple's secret is signed in its name",
        "For example: team_id: DEF123GHIJ",
      ],
    isApple &&
      !hasKey && [
        "private_key_file",
        "is missing: Apple's secret is signed by it",
        "For example: private_key_file: ./valetkey-data/apple.p8",
      ],
    isApple &&
      given.key_id === undefined && [
        "key_id",
        "is missing: Apple knows the key by it",
        "For example: key_id: ABC123DEFG",
      ],
    !takesKey &&
      hasKey && [
        "private_key_file",
        `is of no use: ${kind} takes a client_secret`,
        "Give a client_secret or a client_secret_file instead.",
      ],
    !takesKey &&
      !hasKey &&
      secrets.every((secret) => secret === undefined) && [
        "client_secret",
        `is missing: ${kind} asks for it`,
        "For example: client_secret_file: ./valetkey-data/upstream-secret",
      ],
    secrets.filter((secret) => secret !== undefined).length > 1 && [
      "client_secret",
      "is one of several: give one of client_secret, client_secret_file and private_key_file",
      "Keep one of them.",
    ],
    given.link_by_email &&
      (given.trust_email ?? kind !== "oidc") === false && [
        "link_by_email",
        "has no effect: no address of theirs counts as verified while trust_email is not true",
        "Say trust_email: true beside it, or take link_by_email away.",
      ],
  ];
}
