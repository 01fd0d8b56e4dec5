/**
 * The script of the pages on which a new password is typed, as text. It asks the server how strong the password is, once the
 * person pauses, and works on what `passwordMeter` writes. Without it the pages are as they were sent, and judge it when it is sent.
 */
export const passwordScript = `(() => {
  "use strict";
  const pause = 400;

  for (const part of document.querySelectorAll("[data-password-meter]")) {
    const form = part.closest("form");
    const { password } = form.elements;
    const { href, formToken } = part.dataset;
    const meter = part.querySelector("meter");
    const told = part.querySelector("[role=status]");
    let waits;
    let turn = 0;

    const show = (score, message) => {
      meter.hidden = typeof score !== "number";
      meter.value = meter.hidden ? 0 : score;
      told.textContent = meter.hidden ? "" : message;
    };

    const valueOf = (name) => (form.elements[name] ? form.elements[name].value : "");

    const ask = async () => {
      const mine = ++turn;
      const body = JSON.stringify({
        form_token: formToken,
        password: password.value,
        email: valueOf("email"),
        name: valueOf("name"),
        ui_locales: document.documentElement.lang,
      });
      const headers = { "content-type": "application/json" };
      let said = {};
      try {
        const answer = await fetch(href, { method: "POST", headers, body });
        if (answer.ok) said = await answer.json();
      } catch {}
      // Of an older password nothing is said any more.
      if (mine === turn) show(said.score, said.message);
    };

    password.addEventListener("input", () => {
      clearTimeout(waits);
      turn++;
      if (password.value === "") show();
      else waits = setTimeout(ask, pause);
    });
    part.hidden = false;
  }
})();
`;
