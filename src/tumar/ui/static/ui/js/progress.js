// Show that something is under way, and let no form be sent twice.

let running = 0;
const root = document.documentElement;

function count(change) {
  running = Math.max(0, running + change);
  root.toggleAttribute("data-working", running > 0);
}

document.addEventListener("htmx:before:request", () => count(1));
document.addEventListener("htmx:finally:request", () => count(-1));

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.target) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  root.toggleAttribute("data-working", true);
});

// Back to a page kept in memory, or an answer that is a download: the form may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  count(0);
});
window.addEventListener("focus", () => {
  for (const form of document.querySelectorAll("form[data-download][data-sent]")) {
    delete form.dataset.sent;
    count(0);
  }
});
