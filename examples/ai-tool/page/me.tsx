import type { Account } from "@valetkey/browser";
import { useClient } from "@valetkey/browser/react";
import { initials } from "./frame.tsx";
import type { Me as Caller, Permission } from "./use-me.ts";

interface MeProps {
  readonly me: Caller;
  readonly account: Account | undefined;
  readonly issuer: string;
}

/** Who I am here, and what I may. */
export function Me({ me, account, issuer }: MeProps) {
  const client = useClient();
  const name = account?.name ?? me.name ?? me.subject;
  return (
    <div className="column page">
      <h1>My access</h1>
      <section className="card identity">
        <span className="avatar big" aria-hidden="true">
          {initials(name)}
        </span>
        <div>
          <h2>{name}</h2>
          <p className="hint">{account?.email}</p>
        </div>
        <button type="button" className="button quiet" onClick={() => client.signOut()}>
          Sign out
        </button>
      </section>
      <section className="card" aria-labelledby="may">
        <h2 id="may">What I may do</h2>
        <ul className="permissions">
          {me.may.map((permission) => (
            <li key={permission.scope}>
              <span>
                <strong>{permission.sentence}</strong>
                <code>{permission.scope}</code>
              </span>
              <Standing permission={permission} />
            </li>
          ))}
        </ul>
        <p className="hint">
          Roles decide: {me.roles.length > 0 ? `yours is ${me.roles.join(", ")}.` : "you have none yet."}{" "}
          <a href={`mailto:${me.helper.email}`}>{me.helper.name}</a> gives them out.
        </p>
      </section>
      <section className="card" aria-labelledby="how">
        <h2 id="how">How Lantern knows</h2>
        <dl className="facts">
          <dt>Signed in</dt>
          <dd>{me.signedInAt === undefined ? "unknown" : clock(me.signedInAt)}</dd>
          <dt>This pass ends</dt>
          <dd>{clock(me.expiresAt)}, and is renewed by itself</dd>
          <dt>Account</dt>
          <dd>
            <code>{me.subject}</code>
          </dd>
        </dl>
        <p>
          <a href={`${issuer}/account`}>See and end what you let in</a>
        </p>
      </section>
    </div>
  );
}

function Standing({ permission: { isHeld, isAllowed, roles } }: { readonly permission: Permission }) {
  if (isHeld) return <span className="badge good">You may</span>;
  if (isAllowed) return <span className="badge">You are asked at first use</span>;
  return <span className="badge no">Needs the role {roles.join(" or ")}</span>;
}

function clock(at: number): string {
  return new Date(at * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}
