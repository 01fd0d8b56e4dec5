/**
 * The only script of the pages, as text, so that nothing has to be copied beside the program; without it, or in a browser
 * without passkeys, the pages are as they were sent: what it serves stays hidden. It works on what `passkeyForm` writes,
 * and needs `SimpleWebAuthnBrowser` before it.
 */
export const passkeyScript = `(() => {
  "use strict";
  const library = globalThis.SimpleWebAuthnBrowser;
  if (!library || !library.browserSupportsWebAuthn()) return;

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const { passkey, autofill } = form.dataset;
    const optionsJSON = JSON.parse(form.dataset.options);
    const words = JSON.parse(form.dataset.words);
    const button = form.querySelector("[data-passkey-button]");
    const error = form.querySelector("[data-passkey-error]");
    let isAsking = false;

    const send = (credential) => {
      form.elements.credential.value = JSON.stringify(credential);
      form.submit();
    };

    const wordFor = (thrown) => {
      const name = thrown && thrown.name;
      if (name === "AbortError") return "";
      if (name === "InvalidStateError") return words.known;
      return name === "NotAllowedError" ? words.cancelled : words.failed;
    };

    // Offered among what the browser fills in; a person who takes no notice of it is told nothing.
    const offer = async () => {
      if (autofill === undefined || !(await library.browserSupportsWebAuthnAutofill())) return;
      try {
        send(await library.startAuthentication({ optionsJSON, useBrowserAutofill: true }));
      } catch {}
    };

    const ask = async (event) => {
      event.preventDefault();
      if (isAsking || !form.reportValidity()) return;
      isAsking = true;
      button.setAttribute("aria-disabled", "true");
      error.hidden = true;
      try {
        const begin = passkey === "create" ? library.startRegistration : library.startAuthentication;
        send(await begin({ optionsJSON }));
      } catch (thrown) {
        error.textContent = wordFor(thrown);
        error.hidden = error.textContent === "";
        isAsking = false;
        button.removeAttribute("aria-disabled");
        offer();
      }
    };

    form.addEventListener("submit", ask);
    form.hidden = false;
    offer();
  }

  // A page that comes back from the browser's memory holds a challenge that was answered.
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
})();
`;
