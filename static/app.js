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
