// Leave now: blank the page first, then end the session, then stand on a page that says nothing.
// The button works without this file (it posts a form); here it only becomes faster, and Shift
// pressed three times does the same. Shift alone, for Escape stops loading and leaves full screen.

const WITHIN = 1500; // milliseconds for the three presses
const channel = "BroadcastChannel" in window ? new BroadcastChannel("tumar-leave") : null;
let presses = [];

function blank() {
  window.dispatchEvent(new Event("tumar:leave")); // so that nothing asks about unsaved changes
  document.title = " ";
  document.documentElement.replaceChildren();
}

function leave(form) {
  const body = new URLSearchParams(new FormData(form));
  const { action } = form;
  const { away } = form.dataset;
  blank();
  channel?.postMessage(away);
  // keepalive: the request outlives the page that sent it.
  fetch(action, { method: "POST", body, keepalive: true, redirect: "manual" }).catch(() => {});
  location.replace(away); // replace: Back must not lead here again
}

const form = document.querySelector("form[data-leave]");
if (form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    leave(form);
  });
  window.addEventListener("keydown", (event) => {
    if (event.key !== "Shift" || event.repeat) {
      if (event.key !== "Shift") presses = [];
      return;
    }
    presses = [...presses.filter((at) => event.timeStamp - at < WITHIN), event.timeStamp];
    if (presses.length >= 3) leave(form);
  });
  channel?.addEventListener("message", (event) => {
    if (event.data !== form.dataset.away) return;
    blank();
    location.replace(event.data);
  });
}

// A page kept in memory must not come back after somebody has left.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
