// Ask a follow-up question only when the answer before it calls for it. Without this file every
// question shows. A hidden question keeps what was written: the server decides what counts.

function answers(form, name) {
  return new FormData(form).getAll(name);
}

function show(form) {
  for (const field of form.querySelectorAll("[data-asked-when]")) {
    const wanted = field.dataset.askedFor.split(" ");
    field.hidden = !answers(form, field.dataset.askedWhen).some((value) => wanted.includes(value));
  }
}

function showAll() {
  for (const form of document.forms) show(form);
}

document.addEventListener("change", (event) => event.target.form && show(event.target.form));
document.addEventListener("htmx:after:swap", showAll);
showAll();
