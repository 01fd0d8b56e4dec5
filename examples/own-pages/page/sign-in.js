// Shows whatever step the interaction API says, and sends what was typed. docs/build/own-pages.md
const api = `${document.querySelector("meta[name=issuer]").content}/interaction/v1`;
const query = new URLSearchParams(location.search);
const interaction = query.get("interaction") ?? "";
const main = document.querySelector("main");
let formToken;

/** What stands beside each field, and by what a browser or a password manager knows how to fill it in. */
const fields = {
  email: { label: "Email", type: "email", autocomplete: "username" },
  password: { label: "Password", type: "password", autocomplete: "current-password" },
  code: { label: "Code", type: "text", autocomplete: "one-time-code" },
};

/** What each action that this page knows asks for. */
const forms = {
  password: { button: "Sign in", names: ["email", "password"] },
  email: { button: "Email me a code", names: ["email"] },
  "email-code": { button: "Use the code", names: ["code"] },
  "one-time-password": { button: "Use the code of the app", names: ["code"] },
  "recovery-code": { button: "Use a recovery code", names: ["code"] },
};

/** Asks what waits for the person, or takes a step, and shows what comes next. */
async function call(step) {
  const body = JSON.stringify({ interaction, form_token: formToken, ...step });
  const post = { method: "POST", headers: { "content-type": "application/json" }, body };
  const url = step ? api : `${api}?${new URLSearchParams({ interaction })}`;
  const answer = await fetch(url, { credentials: "include", ...(step && post) });
  const state = await answer.json();
  formToken = state.form_token ?? formToken;
  if (state.step === "done" || state.step === "elsewhere") location.assign(state.location);
  else if (state.step === "refused" && !state.ask_first) location.assign(state.location);
  else main.replaceChildren(...shown(state));
}

function shown(state) {
  if (state.step === undefined) return [element("p", { role: "alert" }, state.error_description)];
  if (state.step === "refused") return [element("a", { href: state.location }, "Tell the app and go back")];
  const alert = state.message ? [element("p", { role: "alert" }, state.message)] : [];
  if (state.step === "consent") return [...alert, ...consent(state)];
  const known = state.actions.filter((action) => action in forms);
  const elsewhere = state.upstreams ?? [];
  return [
    ...alert,
    ...known.map((action) => form(action, state)),
    ...elsewhere.map(({ id, name }) => send(name, () => ({ action: "upstream", upstream: id }))),
  ];
}

function form(action, { email = "" }) {
  const { button, names } = forms[action];
  const given = { email, code: query.get("code") ?? "" };
  const inputs = names.map((name) => {
    const { label, ...about } = fields[name];
    const input = element("input", { name, ...about, value: given[name] ?? "", required: "" });
    return element("label", {}, label, input);
  });
  const made = element("form", {}, ...inputs, element("button", {}, button));
  made.onsubmit = (event) => {
    event.preventDefault();
    call({ action, ...Object.fromEntries(new FormData(made)) });
  };
  return made;
}

function consent({ client, account, scopes, redirect_host }) {
  const boxes = scopes.map(({ name, sentence, optional, checked }) => {
    const box = element("input", { type: "checkbox", value: name });
    Object.assign(box, { checked, disabled: !optional });
    return { box, label: element("label", {}, box, sentence) };
  });
  const ticked = () => boxes.filter(({ box }) => box.checked).map(({ box }) => box.value);
  const decide = (decision) => () => ({ action: "consent", decision, scope: ticked() });
  return [
    element("p", {}, `${client.name} (${redirect_host}) asks for access as ${account.email}.`),
    ...(client.is_proven ? [] : [element("p", { role: "note" }, "Nobody has proven that this is its name.")]),
    ...boxes.map(({ label }) => label),
    send("Allow", decide("allow")),
    send("Refuse", decide("deny")),
  ];
}

function send(text, step) {
  const button = element("button", { type: "button" }, text);
  button.onclick = () => call(step());
  return button;
}

/** Text is always text: what a client calls itself is never HTML. */
function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

call();
