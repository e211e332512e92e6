/* Tells that something like the question was shown or opened, without a person. Without this script nothing is told. */
(() => {
  "use strict";
  const box = document.getElementById("vergelijkbaar");
  const form = document.getElementById("stel-je-vraag");
  const KEY = "vraag-iets-geopend";
  const told = new Set();
  const tell = (what) => {
    if (told.has(what) || !navigator.sendBeacon) return;
    told.add(what);
    const data = new FormData();
    data.append("wat", what);
    data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    navigator.sendBeacon(box.dataset.trail, data);
  };
  // Who opened something and came back, asks after opening.
  if (sessionStorage.getItem(KEY)) {
    form.elements.opened.value = "on";
    told.add("geopend");
  }
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target === box && box.querySelector("a")) tell("getoond");
  });
  const opened = (event) => {
    if (event.button > 1 || !event.target.closest("a")) return;
    sessionStorage.setItem(KEY, "1");
    form.elements.opened.value = "on";
    tell("geopend");
  };
  box.addEventListener("click", opened);
  box.addEventListener("auxclick", opened);
  form.addEventListener("submit", () => sessionStorage.removeItem(KEY));
})();
