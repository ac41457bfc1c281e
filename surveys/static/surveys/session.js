// Some minutes before the session ends, the page says so and offers to go on. Without this script nothing is
// lost either: what is sent too late comes back after sign-in.
"use strict";

{
  const box = document.querySelector("[data-session]");
  const WARN = 5 * 60;
  const words = box?.querySelector("[data-session-words]");
  const stay = box?.querySelector("[data-session-stay]");

  async function left(query = "") {
    try {
      const response = await fetch(box.dataset.session + query, { headers: { Accept: "application/json" } });
      return await response.json();
    } catch {
      return null; // no connection: ask again later
    }
  }

  // Another tab may have put the end off meanwhile, so the server is asked before anything is said.
  async function look(query) {
    const answer = await left(query);
    if (!answer) return void setTimeout(look, 60_000);
    if (answer.seconds > WARN) {
      box.hidden = true;
      return void setTimeout(look, Math.min((answer.seconds - WARN + 1) * 1000, 2 ** 31 - 1));
    }
    const minutes = Math.max(1, Math.round(answer.seconds / 60));
    const { soon, last, over } = box.dataset;
    words.textContent = answer.seconds <= 0 ? over : (answer.can_stay ? soon : last).replace("{minutes}", minutes);
    stay.hidden = answer.seconds <= 0 || !answer.can_stay;
    box.hidden = false;
    if (answer.seconds > 0) setTimeout(look, Math.min(60, answer.seconds + 1) * 1000);
  }

  stay?.addEventListener("click", () => look("?stay=1"));
  if (box) setTimeout(look, Math.max(1, Number(box.dataset.seconds) - WARN) * 1000);
}
