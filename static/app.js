// A little comfort; every page works without it.
document.querySelector(".error-summary, .notice-error, #was-done:target")?.focus();

// A page that the Back button brings back is sent as a new save, which goes on from what it saved before.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const key of document.querySelectorAll("input[name=save_key]")) {
    key.after(Object.assign(document.createElement("input"), { type: "hidden", name: "follows", value: key.value }));
    key.value = Array.from(crypto.getRandomValues(new Uint8Array(18)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }
});

// The browser keeps a page that answered a form as that form, and Back would ask to send it again: once the page is left, its
// address stands there instead. While it is only reloaded, it stays the answer with all that was typed.
const back = document.documentElement.dataset.return;
function becomeAddress(event) {
  const form = event.type === "submit" ? event.target : null;
  if (event.defaultPrevented || (!form && !event.target.closest("a[href]"))) return;
  form?.setAttribute("action", form.getAttribute("action") || location.href);
  history.replaceState(history.state, "", back);
}
if (back) {
  addEventListener("submit", becomeAddress);
  addEventListener("click", becomeAddress);
}

// What was typed into a form and not sent is lost with its page, so the browser asks before. Forms that only look, and those that
// save by themselves, lose nothing.
const typed = new Set(document.querySelectorAll("form[method=post]:not([data-autosave]):has([aria-invalid=true])"));
addEventListener("input", ({ target: { form } }) => form?.matches("[method=post]:not([data-autosave])") && typed.add(form));
addEventListener("submit", (event) => event.defaultPrevented || typed.delete(event.target));
addEventListener("beforeunload", (event) => typed.size && event.preventDefault());

// Copies a text that is shown. Browsers know no other way to do it where a server has no https.
for (const button of document.querySelectorAll("[data-copies]")) {
  button.parentElement.hidden = false;
  button.addEventListener("click", () => {
    document.getElementById(button.dataset.copies).select();
    button.nextElementSibling.textContent = document.execCommand("copy") ? button.dataset.copied : button.dataset.refused;
  });
}

// On paper, what is folded away is open.
let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details:not([open])")];
  for (const details of opened) details.open = true;
});
addEventListener("afterprint", () => {
  for (const details of opened) details.open = false;
});
