import type { SignedOut } from "@valetkey/browser";
import { useClient } from "@valetkey/browser/react";
import { initials } from "./frame.tsx";
import { Mark } from "./icons.tsx";
import { RefusalCard } from "./refusal/refusal.tsx";
import type { Settings } from "./settings.ts";

/** Nobody is signed in: what this is, the way in, and why the last try failed if it did. */
export function Start({ settings, session }: { readonly settings: Settings; readonly session: SignedOut }) {
  const client = useClient();
  return (
    <main className="start">
      <div className="start-words">
        <p className="brand">
          <Mark /> Lantern
        </p>
        <h1>The company’s models, for whoever may use them.</h1>
        <p className="lead">
          Ask, teach, and see who did what. You sign in with your company account; your role decides the rest.
        </p>
        {session.error && <SignInRefusal settings={settings} session={session} />}
        {!session.error && (
          <button type="button" className="button large" onClick={() => client.signIn()}>
            Sign in
          </button>
        )}
      </div>
      <section className="people" aria-labelledby="people">
        <h2 id="people">Try it as</h2>
        <ul>
          {settings.people.map(({ name, email, password, roles }) => (
            <li key={email}>
              <button
                type="button"
                className="person"
                onClick={() => client.signIn({ loginHint: email, prompt: "login" })}
              >
                <span className="avatar" aria-hidden="true">
                  {initials(name)}
                </span>
                <span className="person-words">
                  <strong>{name}</strong>
                  <span>{roles.join(", ") || "no role yet"}</span>
                </span>
                <code>{password}</code>
              </button>
            </li>
          ))}
        </ul>
        <p className="hint">
          The sign-in page shows these passwords too: this is an example on your own machine.
        </p>
      </section>
    </main>
  );
}

function SignInRefusal({ settings, session }: { readonly settings: Settings; readonly session: SignedOut }) {
  const client = useClient();
  const { helper } = settings;
  const again = { label: "Sign in again", act: () => client.signIn({ prompt: "login" }) };
  switch (session.error?.oauthError) {
    case "access_denied":
      return (
        <RefusalCard
          title="You are not let in yet"
          text={`Your account is fine, but Lantern got no permission: either you said no, or you have no role here yet. ${helper.name} gives out roles.`}
          help={{ person: helper, about: "A role in Lantern" }}
          action={again}
          isNews
        />
      );
    case "invalid_target": // RFC 8707 §2: of what the person allowed, nothing is at the API
      return (
        <RefusalCard
          title="You left Lantern nothing to work with"
          text="It needs at least one of the permissions that it asks for. Nothing was kept; sign in again and leave one of them ticked."
          action={again}
          isNews
        />
      );
    default:
      return (
        <RefusalCard
          title="The sign-in did not work"
          text={`${session.error?.message ?? ""} Nothing was changed; try it again.`}
          action={{ label: "Sign in", act: () => client.signIn() }}
          isNews
        />
      );
  }
}
