/* After a changed filter or page: focus where the visitor was, or on the new heading; what stood open stays open. */
(() => {
  "use strict";
  const part = () => document.getElementById("gevonden");
  const name = (box) => box.querySelector("summary").textContent.trim();
  let field = null;
  let open = [];
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target.id !== "gevonden") return;
    const active = document.activeElement;
    field = part().contains(active) && active.name ? { name: active.name, value: active.value } : null;
    open = [...part().querySelectorAll("details[open]")].map(name);
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target.id !== "gevonden" && event.detail.elt.id !== "gevonden") return;
    for (const box of part().querySelectorAll("details")) box.open = open.includes(name(box));
    const same = field && [...part().querySelectorAll("input, select")].find(
      (one) => one.name === field.name && (one.value === field.value || one.tagName === "SELECT"));
    const to = same || document.getElementById("aantal");
    if (to) to.focus({ preventScroll: Boolean(same) });
  });
})();
