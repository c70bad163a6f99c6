// Open a native dialog from a link to it. Without this file the link's #target shows the dialog.

document.addEventListener("click", (event) => {
  const opener = event.target.closest("a[data-opens]");
  if (opener) {
    const dialog = document.getElementById(opener.hash.slice(1));
    if (!dialog?.showModal) return;
    event.preventDefault();
    dialog.showModal();
    return;
  }
  const closer = event.target.closest("a[data-closes]");
  if (closer) {
    event.preventDefault();
    const dialog = closer.closest("dialog");
    if (dialog.open) dialog.close();
    else location.hash = "";
  }
});

// One panel open at a time, and none left open behind the reader's back.
document.addEventListener("click", (event) => {
  for (const panel of document.querySelectorAll("details[data-panel][open]"))
    if (!panel.contains(event.target)) panel.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const panel of document.querySelectorAll("details[data-panel][open]")) {
    panel.open = false;
    panel.querySelector("summary").focus();
  }
});
