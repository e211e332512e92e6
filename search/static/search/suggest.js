/* Suggestions under a search field: a combobox. */
(() => {
  "use strict";
  const setUp = (input, number) => {
    const list = document.createElement("div");
    const id = `voorstellen-${number}`;
    const set = (node, values) => Object.entries(values).forEach(([name, value]) => node.setAttribute(name, value));
    set(list, { id, class: "suggestions", role: "listbox", "aria-label": "Voorstellen" });
    list.hidden = true;
    input.form.append(list);
    set(input, { role: "combobox", "aria-autocomplete": "list", "aria-controls": id, "aria-expanded": false });
    let timer = 0;
    let asked = null;
    let typed = input.value;
    let at = -1;
    let lines = [];
    const show = (visible) => {
      list.hidden = !visible;
      set(input, { "aria-expanded": visible });
      if (!visible) mark(-1);
    };
    const mark = (index) => {
      at = index;
      lines.forEach((line, place) => set(line, { "aria-selected": place === at }));
      set(input, { "aria-activedescendant": at < 0 ? "" : lines[at].id });
    };
    const choose = (line) => {
      if (line.dataset.url) { location.assign(line.dataset.url); return; }
      input.value = line.textContent;
      input.form.requestSubmit();
    };
    const option = (one) => {
      const line = document.createElement("div");
      set(line, { id: `${id}-${lines.length}`, class: "suggestions__line", role: "option" });
      line.textContent = one.tekst;
      if (one.soort !== "word") line.dataset.url = one.adres;
      lines.push(line);
      return line;
    };
    /* One group a kind, with its name above it. */
    const group = (name, found) => {
      const box = document.createElement("div");
      const head = document.createElement("div");
      const label = `${id}-soort-${lines.length}`;
      set(head, { id: label, class: "suggestions__kind", role: "presentation" });
      head.textContent = name;
      set(box, { class: "suggestions__group", role: "group", "aria-labelledby": label });
      box.append(head, ...found.map(option));
      return box;
    };
    const fill = (found) => {
      lines = [];
      const kinds = [...new Set(found.map((one) => one.groep))];
      list.replaceChildren(...kinds.map((kind) => group(kind, found.filter((one) => one.groep === kind))));
      show(found.length > 0);
    };
    const ask = async () => {
      if (asked) asked.abort();
      asked = new AbortController();
      try {
        const address = new URL(input.dataset.suggestions, location);
        address.searchParams.set("q", typed);
        const answer = await fetch(address, { signal: asked.signal, headers: { Accept: "application/json" } });
        if (answer.ok) fill((await answer.json()).suggesties);
      } catch { /* typed on */ }
    };
    input.addEventListener("input", () => {
      typed = input.value;
      clearTimeout(timer);
      if (typed.trim().length < 2) show(false);
      else timer = setTimeout(ask, 120);
    });
    input.addEventListener("keydown", (event) => {
      const { key } = event;
      const last = lines.length - 1;
      if (list.hidden) return;
      if (key === "Escape") show(false);
      else if (key === "ArrowDown") mark(at === last ? -1 : at + 1);
      else if (key === "ArrowUp") mark(at < 0 ? last : at - 1);
      else if (key === "Enter" && at >= 0) choose(lines[at]);
      else return;
      event.preventDefault();
    });
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => lines.includes(event.target) && choose(event.target));
    input.addEventListener("blur", () => show(false));
  };
  document.querySelectorAll("input[data-suggestions]").forEach(setUp);
})();
