// The buttons around a field of an entry (confirm, explain, note) without leaving the page, and the
// surroundings of a field anew when it was saved. Without this file each button saves the whole form.
"use strict";

(() => {
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const at = (path) => form.dataset.autosave.replace(/autosave\/$/, path);
  const isStored = () => /\d\/autosave\/$/.test(form.dataset.autosave);
  let isPlain = false;
  let isActing = false;
  let acts = 0;
  const newest = new Map();

  function isBeingWrittenIn(place) {
    const texts = [...place.querySelectorAll("textarea")];
    return (
      (place.contains(document.activeElement) && document.activeElement.matches("input, textarea")) ||
      texts.some((text) => text.value !== text.defaultValue)
    );
  }

  // The Tab key leads from a field into its surroundings: they are renewed under the focus, which stays.
  function replace(old, fresh) {
    const nameOf = (element) => element.value || element.textContent;
    const opened = [...old.querySelectorAll("details[open] > summary")].map(nameOf);
    const focused = old.contains(document.activeElement) ? nameOf(document.activeElement) : null;
    old.replaceWith(fresh);
    for (const summary of fresh.querySelectorAll("summary")) {
      if (opened.includes(nameOf(summary))) summary.parentElement.open = true;
    }
    if (focused === null) return;
    const same = [...fresh.querySelectorAll("button, summary")].find((each) => nameOf(each) === focused);
    if (same) same.focus();
    else focusAt(fresh.id);
  }

  // Takes the new surroundings over, except where somebody is writing just now.
  function renew(html, { isForced }) {
    const made = new DOMParser().parseFromString(html, "text/html");
    for (const fresh of made.querySelectorAll(".kc-before, .kc-beside")) {
      const old = document.getElementById(fresh.id);
      if (old && (isForced || !isBeingWrittenIn(old))) {
        fresh.removeAttribute("hx-swap-oob");
        replace(old, fresh);
      }
    }
    const told = made.getElementById("form-status")?.textContent;
    if (told) document.getElementById("form-status").textContent = told;
  }

  form.addEventListener("kc-saved", async ({ detail }) => {
    if (!isStored()) return;
    const turn = (newest.get(detail.name) ?? 0) + 1;
    newest.set(detail.name, turn);
    const html = await surroundings(detail.name);
    if (html && newest.get(detail.name) === turn) renew(html, { isForced: false });
  });

  // What was asked for before a button was pressed may be out of date when it comes: it is asked for again.
  async function surroundings(name) {
    let seen, html;
    do {
      seen = acts;
      const response = await fetch(at(`beside/${name}/`), { redirect: "manual" }).catch(() => null);
      html = response?.ok ? await response.text() : "";
    } while (seen !== acts);
    return html;
  }

  form.addEventListener("click", async (event) => {
    const button = event.target.closest("button[name=action]");
    const place = button?.closest(".kc-before, .kc-beside");
    if (!place || !isStored() || isPlain) return;
    event.preventDefault();
    if (isActing) return;
    isActing = true;
    try {
      await act(button, place);
    } finally {
      acts += 1;
      isActing = false;
    }
  });

  async function act(button, place) {
    await saving?.flush();
    const body = new URLSearchParams(new FormData(form, button));
    body.set("beside", place.dataset.field);
    const response = await fetch(at("act/"), {
      method: "POST",
      body,
      headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
      redirect: "manual",
    }).catch(() => null);
    if (!response?.ok) {
      // Signed out, or nobody there: the whole form goes the ordinary way, which keeps what was typed.
      isPlain = true;
      button.click();
    } else if (response.headers.get("HX-Refresh")) {
      location.reload();
    } else {
      renew(await response.text(), { isForced: true });
      focusAt(place.id);
    }
  }

  // The button is gone with the old surroundings: the keyboard goes on from the new ones.
  function focusAt(id) {
    const place = document.getElementById(id);
    const wrong = place.querySelector("[aria-invalid=true]");
    if (!wrong) place.setAttribute("tabindex", "-1");
    (wrong ?? place).focus();
  }
})();
