import assert from "node:assert/strict";
import { type Departure, UpstreamRefused, type Wants } from "../../../ports/upstreams.ts";
import { aForeignProvider, foreignClient } from "../../../testing/a-foreign-provider.ts";
import { StoppedClock } from "../../../testing/stopped-clock.ts";
import type { UpstreamPlan } from "../plan.ts";
import { openUpstreams } from "../upstreams.ts";

export const issuer = "https://id.example.net";

export function aPlan(about: Partial<UpstreamPlan> = {}): UpstreamPlan {
  return {
    id: "work",
    name: "Work",
    kind: "oidc",
    isEnabled: true,
    signsUp: false,
    linksByEmail: false,
    trustsMfa: false,
    issuer,
    tenant: "common",
    ...foreignClient,
    keyFile: null,
    keyId: null,
    teamId: null,
    scopes: null,
    trustsEmail: null,
    domains: [],
    ...about,
  };
}

export const kept: Departure = {
  redirectUri: "https://auth.example.com/upstream/work/callback",
  state: "a-state-of-this-sign-in",
  nonce: "a-nonce-of-this-sign-in",
  codeVerifier: "a-verifier-of-this-sign-in-that-is-long-enough",
};

export async function anUpstream(about: Partial<UpstreamPlan> = {}, provider = aForeignProvider()) {
  const clock = new StoppedClock(1_800_000_000);
  const upstreams = await openUpstreams([aPlan(about)], { clock, fetch: provider.fetch });
  return {
    provider,
    clock,
    depart: async (wants: Wants = {}) => new URL(await upstreams.depart("work", kept, wants)),
    async arrive(person: Record<string, unknown> = { sub: "ada" }, change: (back: URL) => void = () => {}) {
      const back = provider.approve(await upstreams.depart("work", kept, {}), person);
      change(back);
      return await upstreams.arrive("work", back.searchParams, kept);
    },
    upstreams,
  };
}

export function refused(fault: string, fact = /./) {
  return (thrown: unknown) => {
    assert.ok(thrown instanceof UpstreamRefused, String(thrown));
    assert.equal(thrown.fault, fault, thrown.fact);
    assert.match(thrown.fact, fact);
    return true;
  };
}

export const ada = { sub: "ada", email: "Ada@Example.com", email_verified: true, name: "Ada Lovelace" };
