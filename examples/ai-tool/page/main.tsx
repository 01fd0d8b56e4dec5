import { createClient } from "@valetkey/browser";
import { SignInProvider } from "@valetkey/browser/react";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { readSettings } from "./settings.ts";

const settings = await readSettings();
const client = createClient({
  issuer: settings.issuer,
  clientId: settings.clientId,
  resource: settings.api,
  redirectUri: `${location.origin}/`,
  postLogoutRedirectUri: `${location.origin}/`,
  // What is read every day. Submitting training data is asked for when it is first needed; roles decide over all of it.
  scope: "openid profile email inference:read audit:read",
});

const root = document.getElementById("root");
if (!root) throw new Error("The page has no root.");
createRoot(root).render(
  <StrictMode>
    <SignInProvider client={client}>
      <App settings={settings} />
    </SignInProvider>
  </StrictMode>,
);
