import { createElement, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { SignInProvider, useClient, useSession } from "../entries/react.ts";
import { createClient } from "../index.ts";

const client = createClient(JSON.parse(document.getElementById("options")?.textContent ?? "{}"));

function Who() {
  const session = useSession();
  const { signIn, signOut } = useClient();
  if (session.status === "starting") return createElement("p", null, "One moment");
  if (session.status === "signed-out") {
    // As authors write it: the button's event is handed on.
    return createElement("button", { id: "in", type: "button", onClick: signIn as () => void }, "Sign in");
  }
  return createElement(
    "button",
    { id: "out", type: "button", onClick: () => void signOut({ local: true }) },
    `Sign ${session.account?.name} out`,
  );
}

// Strict mode runs each effect twice, as development does.
const app = createElement(StrictMode, null, createElement(SignInProvider, { client }, createElement(Who)));
createRoot(document.body.appendChild(document.createElement("main"))).render(app);
