/* Tells how far somebody read, and keeps what they are writing; without it there are buttons for both. Asks for the words
   to a picture before the page goes, since a browser forgets the chosen file. */
(() => {
  "use strict";
  const post = (url, values) => {
    const token = document.querySelector("[name=csrfmiddlewaretoken]");
    if (!token) return;
    const body = new URLSearchParams({ ...values, csrfmiddlewaretoken: token.value });
    fetch(url, { method: "POST", body, headers: { "X-Requested-With": "fetch" }, keepalive: true }).catch(() => {});
  };
  // What somebody saw of a conversation counts as read once its end came into view.
  for (const thread of document.querySelectorAll("[data-read]")) {
    const last = thread.lastElementChild;
    if (!last || !("IntersectionObserver" in window)) continue;
    const seen = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      seen.disconnect();
      post(thread.dataset.read, { tot: thread.dataset.number });
    });
    seen.observe(last);
  }
  for (const alt of document.querySelectorAll("[name=picture_alt]")) {
    const form = alt.form;
    form.addEventListener("submit", (event) => {
      const isChosen = form.elements.picture.files.length > 0 && event.submitter?.name !== "beeld_weg";
      alt.required = isChosen && !alt.value.trim();
      if (!alt.required) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      alt.value = "";
      alt.closest("details").open = true;
      alt.reportValidity();
    });
  }
  // A text that is being written is kept while somebody pauses, and when they leave the page.
  for (const form of document.querySelectorAll("[data-draft]")) {
    let timer = 0;
    let sent = false;
    const keep = () => {
      clearTimeout(timer);
      timer = 0;
      const values = { plek: form.dataset.place, text: form.elements.text.value };
      if (form.elements.title) values.title = form.elements.title.value;
      for (const field of form.querySelectorAll("[name^=beeld_tekst_]")) values[field.name] = field.value;
      post(form.dataset.draft, values);
    };
    form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(keep, 4000); });
    form.addEventListener("submit", () => { sent = true; clearTimeout(timer); });
    window.addEventListener("pagehide", () => { if (timer && !sent) keep(); });
  }
})();
