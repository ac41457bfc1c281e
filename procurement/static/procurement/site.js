// What every page does beyond plain HTML: the error summary takes the focus, and on a phone the
// filters start closed, so that the answer is in view.
"use strict";

document.querySelector("[data-focus]")?.focus();

if (window.matchMedia("(max-width: 47.99rem)").matches) {
  for (const box of document.querySelectorAll("details[data-closed-on-phone]")) box.open = false;
}

// Printing shows what is folded away.
window.addEventListener("beforeprint", () => {
  for (const box of document.querySelectorAll("main details")) box.open = true;
});
