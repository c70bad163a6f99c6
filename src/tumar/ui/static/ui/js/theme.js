// Change between light and dark at once; the form keeps the choice and works without this file.

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-theme-form]") || !event.submitter) return;
  event.preventDefault();
  const theme = event.submitter.value;
  const body = new URLSearchParams(new FormData(form, event.submitter));
  fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => {});
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  for (const button of document.querySelectorAll("form[data-theme-form] button"))
    button.setAttribute("aria-pressed", String(button.value === theme));
});
