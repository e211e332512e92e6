/* Suggestions under a search field: a combobox. */
(() => {
  "use strict";
  const WAIT = 120;
  const setUp = (input, number) => {
    const list = document.createElement("ul");
    list.id = `voorstellen-${number}`;
    list.className = "suggestions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Voorstellen");
    list.hidden = true;
    input.form.append(list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");
    let timer = 0;
    let asked = null;
    let typed = input.value;
    let at = -1;
    const show = (visible) => {
      list.hidden = !visible;
      input.setAttribute("aria-expanded", String(visible));
      if (!visible) mark(-1);
    };
    const mark = (index) => {
      at = index;
      [...list.children].forEach((line, place) => line.setAttribute("aria-selected", String(place === at)));
      if (at < 0) input.removeAttribute("aria-activedescendant");
      else input.setAttribute("aria-activedescendant", list.children[at].id);
    };
    const choose = (line) => {
      if (line.dataset.url) { location.assign(line.dataset.url); return; }
      input.value = line.textContent;
      input.form.requestSubmit();
    };
    const fill = (found) => {
      list.replaceChildren(...found.map((one, place) => {
        const line = document.createElement("li");
        line.id = `${list.id}-${place}`;
        line.className = "suggestions__line";
        line.setAttribute("role", "option");
        line.textContent = one.tekst;
        if (one.soort === "title") line.dataset.url = one.adres;
        return line;
      }));
      show(found.length > 0);
    };
    const ask = async () => {
      if (asked) asked.abort();
      asked = new AbortController();
      const address = `${input.dataset.suggestions}?q=${encodeURIComponent(typed)}`;
      try {
        const answer = await fetch(address, { signal: asked.signal, headers: { Accept: "application/json" } });
        if (answer.ok) fill((await answer.json()).suggesties);
      } catch { /* typed on, or offline */ }
    };
    input.addEventListener("input", () => {
      typed = input.value;
      clearTimeout(timer);
      if (typed.trim().length < 2) show(false);
      else timer = setTimeout(ask, WAIT);
    });
    input.addEventListener("keydown", (event) => {
      const last = list.children.length - 1;
      if (event.key === "Escape" && !list.hidden) { event.preventDefault(); show(false); }
      if (list.hidden) return;
      if (event.key === "ArrowDown") { event.preventDefault(); mark(at === last ? -1 : at + 1); }
      else if (event.key === "ArrowUp") { event.preventDefault(); mark(at < 0 ? last : at - 1); }
      else if (event.key === "Enter" && at >= 0) { event.preventDefault(); choose(list.children[at]); }
    });
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => event.target.role !== "listbox" && choose(event.target));
    input.addEventListener("blur", () => show(false));
  };
  document.querySelectorAll("input[data-suggestions]").forEach(setUp);
})();
