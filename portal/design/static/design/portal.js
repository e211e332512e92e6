/* Small improvements only; every page works without them. */
(() => {
  "use strict";
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  if (navigator.clipboard) {
    for (const button of document.querySelectorAll("[data-copy]")) {
      button.hidden = false;
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(button.dataset.copy);
        const words = button.querySelector("span");
        const before = words.textContent;
        words.textContent = button.dataset.done;
        setTimeout(() => { words.textContent = before; }, 2500);
      });
    }
  }
  const errors = document.querySelector(".error-summary");
  if (errors) errors.focus();
})();
