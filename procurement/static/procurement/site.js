// What every page does beyond plain HTML: the error summary takes the focus.
"use strict";

document.querySelector("[data-focus]")?.focus();
