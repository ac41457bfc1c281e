// Saves an entry field by field while the person goes on writing, and says at each field how far that is.
// Without this file the button 「下書きを保存する」 saves everything.
//
// What is not yet acknowledged also lies in sessionStorage: it survives a reload, a crash and a sign-in in
// this tab, and goes with the tab. The form says in data attributes where to send and what to say.
"use strict";

const entryForm = document.querySelector("form[data-autosave]");
const saving = entryForm?.dataset.autosave ? startSaving(entryForm) : null;

function startSaving(form) {
  const PAUSE = 2000;
  const PATIENCE = 15000;
  const SLOWEST = 30000;
  const base = JSON.parse(form.elements.base.value || "{}");
  const waiting = new Set();
  const unsaved = new Set();
  const timers = new Map();
  const unanswered = new Map();
  let running = null;
  let failures = 0;
  let isLeaving = false;
  let retry = null;
  let areNamesMissing = false;

  // --- Values of a field, as the form would send them

  const chosen = () => form.querySelectorAll("#participants-chosen input[name=participants]:checked");
  const inputs = (name) =>
    name === "participants" ? [...chosen()] : [...form.querySelectorAll(`[name="${name}"]`)];
  const valuesOf = (name) =>
    inputs(name).filter((input) => input.type !== "radio" || input.checked).map((input) => input.value);
  let codes = valuesOf("participants").join();

  function show(name, values) {
    for (const input of inputs(name)) {
      if (input.type === "radio") input.checked = input.value === values[0];
      else input.value = values[0] ?? "";
    }
    inputs(name)[0]?.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // --- What is not acknowledged, kept in this tab

  const KEY = `kc-unsaved ${form.dataset.user}`;
  const keyOf = (name) => `${KEY} ${location.pathname} ${name}`;

  function keep(name) {
    const kept = {
      values: valuesOf(name),
      base: base[name],
      token: form.elements.token?.value,
      version: form.elements.version?.value ?? "0",
      isSent: isLeaving,
    };
    try {
      sessionStorage.setItem(keyOf(name), JSON.stringify(kept));
    } catch {
      // A browser without storage still saves to the server.
    }
  }

  function restore() {
    for (const name of Object.keys(base)) {
      const text = sessionStorage.getItem(keyOf(name));
      if (!text) continue;
      const kept = JSON.parse(text);
      const isStored = kept.isSent && Number(form.elements.version?.value ?? 0) > Number(kept.version);
      if (isStored) {
        sessionStorage.removeItem(keyOf(name));
        continue;
      }
      if (form.elements.token && kept.token) form.elements.token.value = kept.token;
      base[name] = kept.base;
      if (name === "participants") choose(kept.values);
      else show(name, kept.values);
      later(name, 0);
    }
  }

  // The codes alone are kept: the names come with the page, once they are saved.
  function choose(wanted) {
    for (const input of chosen()) input.checked = wanted.includes(input.value);
    const shown = valuesOf("participants");
    for (const value of wanted.filter((code) => !shown.includes(code))) {
      const input = document.createElement("input");
      Object.assign(input, { type: "checkbox", name: "participants", value, checked: true, hidden: true });
      document.getElementById("participants-chosen").append(input);
    }
    areNamesMissing = true;
  }

  // What was typed before this file was there.
  function pickUp() {
    for (const name of Object.keys(base)) {
      if (name !== "participants" && !unsaved.has(name) && inputs(name).some(isTouched)) later(name, 0);
    }
  }

  function isTouched(input) {
    if (input.type === "radio") return input.checked !== input.defaultChecked;
    if (input.options) return [...input.options].some((each) => each.selected && !each.defaultSelected && each.value);
    return input.value !== input.defaultValue;
  }

  // --- The state of a field in words

  function say(name, state, words, more) {
    const place = form.querySelector(`[data-save="${name}"]`);
    place.dataset.state = state;
    const line = place.querySelector(".kc-save__words");
    place.replaceChildren(line);
    line.textContent = words;
    if (more) place.append(more);
  }

  function button(words, press) {
    const made = document.createElement("button");
    Object.assign(made, { type: "button", className: "kc-link-button", textContent: words });
    made.addEventListener("click", press);
    return made;
  }

  function signInLink() {
    const link = document.createElement("a");
    const next = encodeURIComponent(location.pathname);
    Object.assign(link, { href: `${form.dataset.signIn}?next=${next}`, textContent: form.dataset.signedOut });
    link.addEventListener("click", () => {
      isLeaving = true;
    });
    return link;
  }

  // --- Sending, one field after the other

  function later(name, pause) {
    unsaved.add(name);
    keep(name);
    clearTimeout(timers.get(name));
    timers.set(name, setTimeout(() => now(name), pause));
  }

  function now(name) {
    clearTimeout(timers.get(name));
    timers.delete(name);
    waiting.add(name);
    return drain();
  }

  function drain() {
    running ??= sendAll().finally(() => {
      running = null;
    });
    return running;
  }

  async function sendAll() {
    while (waiting.size) {
      const [name] = waiting;
      waiting.delete(name);
      if (!(await send(name))) {
        waiting.add(name);
        return;
      }
    }
  }

  async function send(name) {
    const values = valuesOf(name);
    say(name, "saving", form.dataset.saving);
    const body = new URLSearchParams({ field: name, base: base[name] ?? "" });
    if (form.elements.token) body.set("token", form.elements.token.value);
    for (const value of values) body.append(name, value);
    let answer;
    try {
      const response = await fetch(form.dataset.autosave, {
        method: "POST",
        body,
        headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
        redirect: "manual",
        signal: AbortSignal.timeout(PATIENCE),
      });
      if (response.type === "opaqueredirect" || response.status === 403) return away(name, signInLink());
      if (!response.ok) throw new Error(response.status);
      answer = await response.json();
    } catch {
      unanswered.set(name, values.join());
      return away(name);
    }
    failures = 0;
    take[answer.state](name, answer, values);
    return true;
  }

  // Nobody answered, or somebody who does not know us: the text stays, and it is tried again.
  function away(name, link) {
    const words = link ? "" : form.dataset.unsaved;
    say(name, "unsaved", "", link ?? button(words, () => now(name)));
    failures += 1;
    clearTimeout(retry);
    retry = setTimeout(drain, Math.min(1000 * 2 ** failures, SLOWEST));
    return false;
  }

  const take = {
    saved(name, answer, values) {
      unanswered.delete(name);
      base[name] = answer.base;
      if (valuesOf(name).join() === values.join()) {
        unsaved.delete(name);
        sessionStorage.removeItem(keyOf(name));
      }
      becomes(answer);
      if (name === "participants") {
        codes = values.join();
        if (areNamesMissing && !unsaved.size) location.reload();
      }
      say(name, "saved", answer.message);
      form.dispatchEvent(new CustomEvent("kc-saved", { detail: { name } }));
    },
    invalid(name, answer) {
      say(name, "invalid", answer.message);
    },
    refused(name, answer) {
      say(name, "refused", answer.message);
    },
    conflict(name, answer) {
      // What is stored is what we sent ourselves, and only the answer was lost: it is no collision.
      if (unanswered.get(name) === answer.value) {
        unanswered.delete(name);
        base[name] = answer.base;
        waiting.add(name);
        return;
      }
      const both = document.createElement("div");
      both.innerHTML = answer.html;
      both.addEventListener("click", (event) => {
        const choice = event.target.dataset.take;
        if (!choice) return;
        base[name] = answer.base;
        if (choice === "theirs" && name === "participants") {
          unsaved.delete(name);
          sessionStorage.removeItem(keyOf(name));
          location.reload();
          return;
        }
        if (choice === "theirs") show(name, [answer.value]);
        now(name);
      });
      say(name, "conflict", answer.message, both);
    },
  };

  // The page of a new entry is from its first saving on the page of that entry.
  function becomes(answer) {
    form.elements.base.value = JSON.stringify(base);
    if (form.elements.version) form.elements.version.value = answer.version;
    if (form.dataset.autosave === answer.autosave) return;
    form.dataset.autosave = answer.autosave;
    form.action = answer.address;
    for (const name of unsaved) sessionStorage.removeItem(keyOf(name));
    history.replaceState(null, "", answer.address);
    for (const name of unsaved) keep(name);
  }

  // --- When

  form.addEventListener("input", ({ target }) => {
    if (target.name in base && target.name !== "participants") later(target.name, PAUSE);
  });
  form.addEventListener("change", ({ target }) => {
    if (target.name === "participants" && target.closest("#participants-chosen")) later("participants", 0);
    else if (target.name in base && target.name !== "participants") later(target.name, 0);
  });
  document.body.addEventListener("htmx:afterSettle", () => {
    if (valuesOf("participants").join() !== codes) later("participants", 0);
  });
  form.addEventListener("submit", () => {
    isLeaving = true;
    for (const name of unsaved) keep(name);
  });
  window.addEventListener("pageshow", () => {
    isLeaving = false;
  });
  window.addEventListener("online", () => drain());
  document.addEventListener("visibilitychange", () => flush());
  window.addEventListener("beforeunload", (event) => {
    if (unsaved.size && !isLeaving) event.preventDefault();
  });

  // Everything that can be saved now is; resolves when it has been tried.
  function flush() {
    for (const name of [...timers.keys()]) now(name);
    return drain();
  }

  form.querySelector("[data-autosave-note]").hidden = false;
  restore();
  pickUp();
  return { flush };
}
