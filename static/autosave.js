// Saves answers while people work, through the same address and with the same versions as the button. Without it, the button saves.
const form = document.querySelector("form[data-autosave]");
const line = document.getElementById("saving");
const button = document.getElementById("save-now");
const REST = 1000; // milliseconds without typing before text is saved
const LONGEST_WAIT = 30000;
const KEEPALIVE_BYTES = 60000; // browsers send no more than 64 KiB after leaving
const clock = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(18)), (byte) => byte.toString(16).padStart(2, "0")).join("");

// One answer: its requests go out one after the other, so that none overtakes another.
class Answer {
  constructor(fieldset) {
    this.fieldset = fieldset;
    this.version = fieldset.querySelector("input[data-version]");
    this.changed = false; // typed since the last request was made
    this.request = null; // what is on its way, or is to be sent again
    this.running = false;
    this.unanswered = []; // keys of requests whose outcome we never learned
    this.refused = ""; // why the server will not save this as it stands
    this.waits = 0;
  }

  touch(wait) {
    this.changed = true;
    this.refused = "";
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  get open() {
    return this.changed || this.request !== null;
  }

  body() {
    const key = newKey();
    const sent = new URLSearchParams({ csrf_token: form.elements.csrf_token.value, save_key: key, save: "later" });
    for (const field of this.fieldset.elements) {
      if (field.name && field.type !== "submit" && field.type !== "button" && (field.type !== "radio" || field.checked)) {
        sent.append(field.name, field.value);
      }
    }
    for (const earlier of this.unanswered) sent.append("follows", earlier);
    return { key, text: sent.toString() };
  }

  async save({ leaving = false } = {}) {
    clearTimeout(this.timer);
    if (leaving) {
      if (!this.open) return;
      const last = this.changed ? this.body() : this.request;
      if (last.text.length <= KEEPALIVE_BYTES) send(last.text, true).catch(() => {});
      return;
    }
    if (this.running || !this.open) return;
    if (this.changed) {
      this.request = this.body();
      this.unanswered.push(this.request.key);
      this.changed = false;
    }
    this.running = true;
    tell();
    let wait = null;
    try {
      wait = await this.settle(await send(this.request.text, false));
    } catch {
      wait = this.nextWait();
    }
    this.running = false;
    if (wait !== null) this.timer = setTimeout(() => this.save(), wait);
    else if (this.changed) this.save();
    tell();
  }

  // What an answer of the server means: nothing more to do, or milliseconds until the same is sent again.
  async settle(reply) {
    if (reply.status >= 500 || reply.status === 429) return this.nextWait(Number(reply.headers.get("Retry-After")) * 1000);
    const told = await reply.json();
    this.request = null;
    this.unanswered = [];
    this.waits = 0;
    this.staysOpen = told.stays_open;
    if (reply.ok) this.version.value = Object.values(told.saved)[0];
    else this.refused = told.conflicts ? line.dataset.conflict : told.errors.join(" ");
    return null;
  }

  nextWait(asked) {
    this.waits += 1;
    return Math.min(LONGEST_WAIT, Math.max(asked || 0, 1000 * 2 ** this.waits));
  }
}

function send(body, keepalive, wanted = { Accept: "application/json" }) {
  return fetch(form.action, {
    method: "POST",
    body,
    keepalive,
    redirect: "error",
    headers: { ...wanted, "Content-Type": "application/x-www-form-urlencoded" },
  });
}

function follow(key) {
  form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "follows", value: key }));
}

// The one line that says how it stands, in words that the page brings along. "Saved" only after the server said so for everything.
function tell() {
  const all = [...answers.values()];
  const refused = all.find((answer) => answer.refused);
  const failing = all.some((answer) => answer.waits);
  const busy = all.some((answer) => answer.open);
  const { refused: why, retrying, saving, saved } = line.dataset;
  const text = refused ? why.replace("{why}", () => refused.refused) : failing ? retrying : busy ? saving : all.some((answer) => answer.staysOpen) ? line.dataset.open : saved.replace("{time}", clock.format(new Date()));
  if (line.textContent !== text) line.textContent = text;
  line.dataset.state = refused || failing ? "failing" : busy ? "saving" : "saved";
  button.hidden = !failing;
  // A bar that grew must not cover what is being typed.
  if ((refused || failing) && form.contains(document.activeElement)) document.activeElement.scrollIntoView({ block: "nearest" });
}

const answers = new Map();
if (form) {
  for (const fieldset of form.querySelectorAll("fieldset.question")) answers.set(fieldset, new Answer(fieldset));
  const answerOf = (event) => answers.get(event.target.closest("fieldset.question"));
  form.addEventListener("input", (event) => {
    const text = event.target.matches("textarea, input[type=text]");
    answerOf(event)?.touch(text ? REST : 0);
  });
  form.addEventListener("focusout", (event) => {
    const answer = answerOf(event);
    if (answer?.changed) answer.save();
  });
  const leave = () => answers.forEach((answer) => answer.save({ leaving: true }));
  addEventListener("pagehide", leave);
  addEventListener("beforeunload", (event) => {
    const lost = (answer) => answer.refused || answer.waits;
    if (!form.dataset.sent && [...answers.values()].some(lost)) event.preventDefault();
  });
  // By fetch first: where nobody answers, the browser would put a page of its own in place of what was typed. What the server did
  // not take, or shows on this page, is sent once more as browsers do; the same save key saves it once.
  let sending = false;
  let answered = false;
  form.addEventListener("submit", async (event) => {
    if (answered) return;
    event.preventDefault();
    if (sending) return;
    sending = true;
    const open = [...answers.values()].filter((answer) => answer.open);
    const key = form.elements.save_key;
    for (const answer of answers.values()) {
      clearTimeout(answer.timer);
      // What is on its way is part of this save, not somebody else's.
      for (const earlier of answer.unanswered) follow(earlier);
      answer.unanswered.push(key.value);
      answer.changed = false;
      answer.request = null;
    }
    const body = new URLSearchParams(new FormData(form));
    if (event.submitter) body.append(event.submitter.name, event.submitter.value);
    const reply = await send(body, false, { Prefer: "return=minimal" }).catch(() => null);
    if (reply && ![502, 504].includes(reply.status)) {
      form.dataset.sent = "yes";
      const next = reply.status === 204 && new URL(reply.headers.get("Location"), location);
      if (next && next.pathname + next.search !== location.pathname + location.search) return location.assign(next);
      answered = true;
      return form.requestSubmit(event.submitter);
    }
    sending = false;
    key.value = newKey();
    for (const answer of open) answer.changed = true;
    line.textContent = line.dataset.offline;
    answers.forEach((answer) => answer.save());
  });
  button.addEventListener("click", () => answers.forEach((answer) => answer.save()));
  addEventListener("online", () => answers.forEach((answer) => answer.save()));
  addEventListener("pageshow", () => {
    delete form.dataset.sent;
    sending = answered = false;
  });
}
