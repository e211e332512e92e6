/* Shows what works with a script and a passkey only, and says so where it fails. The rest is allauth's own. */
(() => {
  "use strict";
  const able = Boolean(window.PublicKeyCredential);
  for (const part of document.querySelectorAll(able ? "[data-needs-script]" : "[data-without-passkeys]")) {
    part.hidden = false;
  }
  document.addEventListener("allauth.error", (event) => {
    const trouble = document.getElementById("passkey-trouble");
    if (!trouble) return;
    event.preventDefault();
    trouble.hidden = false;
    trouble.scrollIntoView({ block: "nearest" });
  });
})();
