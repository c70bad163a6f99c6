// Ask before a page with something unsaved is left; Leave now never asks.

const touched = new Set();

function ask(event) {
  if ([...touched].some((form) => form.isConnected)) event.preventDefault();
}

document.addEventListener("input", (event) => {
  const { form } = event.target;
  if (form?.matches("[data-unsaved]")) touched.add(form);
});
document.addEventListener("submit", (event) => touched.delete(event.target));
window.addEventListener("beforeunload", ask);
window.addEventListener("tumar:leave", () => window.removeEventListener("beforeunload", ask));
