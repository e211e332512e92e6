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
  // A text that is being written is kept while somebody pauses, and when they leave the page.
  for (const form of document.querySelectorAll("[data-draft]")) {
    let timer = 0;
    let sent = false;
    const keep = () => {
      clearTimeout(timer);
      timer = 0;
      const values = { plek: form.dataset.place, text: form.elements.text.value };
      if (form.elements.title) values.title = form.elements.title.value;
      post(form.dataset.draft, values);
    };
    form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(keep, 4000); });
    form.addEventListener("submit", () => { sent = true; clearTimeout(timer); });
    window.addEventListener("pagehide", () => { if (timer && !sent) keep(); });
  }
  const errors = document.querySelector(".error-summary");
  if (errors) errors.focus();
})();
