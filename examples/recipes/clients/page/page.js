const { issuer, clientId, api, scope } = await (await fetch("/terms")).json();
const { InMemoryWebStorage, UserManager, WebStorageStateStore } = globalThis.oidc;

const manager = new UserManager({
  authority: issuer,
  client_id: clientId,
  redirect_uri: `${location.origin}/callback`,
  scope,
  resource: api,
  loadUserInfo: true,
  automaticSilentRenew: false,
  // Tokens stay in memory: what is in sessionStorage, its default, every script of the page can read.
  userStore: new WebStorageStateStore({ store: new InMemoryWebStorage() }),
});
const shown = document.querySelector("pre");

const button = document.querySelector("button");

button.onclick = () => manager.signinRedirect();
button.disabled = false;
if (location.pathname === "/callback") {
  // RFC 9207 §2.4: an answer of another issuer is none; the package does not look.
  const isOurs = new URLSearchParams(location.search).get("iss") === issuer;
  const answer = location.href;
  history.replaceState(null, "", "/");
  try {
    if (!isOurs) throw new Error("Another issuer answered.");
    const { profile, access_token } = await manager.signinCallback(answer);
    const headers = { authorization: `Bearer ${access_token}` };
    const { data } = await (await fetch(`${api}/v1/models`, { headers })).json();
    const { name, email } = profile;
    shown.textContent = JSON.stringify({ name, email, models: data.map(({ id }) => id) });
  } catch (thrown) {
    shown.textContent = String(thrown);
  }
}
