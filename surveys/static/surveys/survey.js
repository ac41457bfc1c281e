// The survey's pages beyond plain HTML. Everything here only adds: without it every form still works.
"use strict";

const searchBox = document.getElementById("participant_query");

// Enter in the search box searches instead of saving the whole entry.
searchBox?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.isComposing) {
    event.preventDefault();
    searchBox.dispatchEvent(new Event("kc-search", { bubbles: true }));
  }
});

// When the button that was pressed is gone from the new list, the search box takes the focus.
document.body.addEventListener("htmx:afterSettle", (event) => {
  if (document.activeElement === document.body && event.target.closest("#section-participants")) {
    searchBox?.focus();
  }
});

// What was found has been added: the search box is ready for the next name.
document.body.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.requestConfig.elt.value === "add" && event.detail.successful) {
    searchBox.value = "";
  }
});

// A second click while the first is on its way sends nothing.
for (const form of document.querySelectorAll("form[data-once]")) {
  let isSent = false;
  form.addEventListener("submit", (event) => {
    if (isSent) {
      event.preventDefault();
    }
    isSent = true;
  });
  window.addEventListener("pageshow", () => {
    isSent = false;
  });
}

// Leaving a page with unsaved words asks first; an entry that saves itself knows better what is unsaved.
const guarded = document.querySelector("form[data-guard]:not([data-autosave])");
if (guarded) {
  let isChanged = false;
  guarded.addEventListener("input", () => {
    isChanged = true;
  });
  guarded.addEventListener("submit", () => {
    isChanged = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (isChanged) {
      event.preventDefault();
    }
  });
}
