// The pages work without this. With it, forms ask while somebody types, colleagues are found by their names, and a form is sent once.
"use strict";

// What is wrong comes first for those who cannot see it.
document.querySelector("[data-focus]")?.focus();

// A second press of a button waits for the answer to the first.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "1";
});
// Going back shows the page as it was left; its forms may be sent again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

for (const form of document.querySelectorAll("form[data-check]")) {
  if (!form.dataset.check) continue;
  form.querySelector("[data-continue]")?.remove();
  let timer = 0;
  let asking = null;

  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    const focused = document.activeElement;
    const data = plain(form);
    data.set("do", "check");
    data.set("typing", focused?.type === "file" ? "" : focused?.name ?? "");
    let text;
    try {
      const answer = await fetch(form.dataset.check, { method: "POST", body: data, signal: asking.signal });
      if (!answer.ok || answer.redirected) return;
      text = await answer.text();
    } catch {
      return; // Sending the form says what is wrong.
    }
    // What was typed since the question was asked is newer than the answer.
    if (withoutNoise(plain(form)).toString() !== withoutNoise(data).toString()) return later(0);
    const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("[data-questions]");
    if (fresh) update(form.querySelector("[data-questions]"), fresh);
  };
  const later = (delay) => {
    clearTimeout(timer);
    timer = setTimeout(ask, delay);
  };
  form.addEventListener("input", () => later(400));
  form.addEventListener("change", () => later(0));
}

// What somebody writes is kept while they write it. Where that fails the page says so.
document.querySelectorAll("form[data-keep]").forEach(keepWhileTyping);

function keepWhileTyping(form) {
  if (!form.dataset.keep) return;
  const said = form.querySelector("[data-kept]");
  let timer = 0;
  let keeping = null;
  let isOver = false;
  const say = (text) => said.textContent === text || (said.textContent = text);

  const keep = async (isLast) => {
    clearTimeout(timer);
    timer = 0;
    keeping?.abort();
    const mine = (keeping = new AbortController());
    try {
      const answer = await fetch(form.dataset.keep, { method: "POST", body: plain(form), signal: mine.signal, keepalive: isLast });
      if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
      // Another draft is kept than this page's: the button that replaces it says which was meant.
      form.elements.told.value = answer.headers.get("Bureau-Draft") ?? "";
      say(await answer.text());
    } catch {
      if (keeping === mine && !isOver) say(said.dataset.failed);
    }
  };
  const later = () => {
    if (isOver) return;
    clearTimeout(timer);
    timer = setTimeout(keep, 1_000);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  // Whoever leaves has it kept at once; what is sent is no draft any more.
  form.addEventListener("submit", (event) => {
    if (!["send", "keep"].includes(event.submitter?.value)) return void (timer && keep(true));
    isOver = true;
    clearTimeout(timer);
    timer = 0;
    keeping?.abort();
  });
  addEventListener("pagehide", () => timer && keep(true));
  addEventListener("pageshow", () => (isOver = false));
}

// The data of a form without the contents of files: those that were sent already stand in it by name.
function plain(form) {
  return new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
}

// The same without what is no answer.
function withoutNoise(data) {
  const plain = new URLSearchParams(data);
  for (const name of ["do", "typing"]) plain.delete(name);
  return plain;
}

// Files are sent as soon as they are chosen: the form is quick, and they are there whatever happens to it.
const uploads = new WeakMap();
document.addEventListener("change", (event) => {
  const input = event.target;
  if (input instanceof HTMLInputElement && input.dataset.upload && input.files.length) upload(input);
});

async function upload(input) {
  const list = input.closest(".question").querySelector("[data-files]");
  const turn = (uploads.get(input) ?? 0) + 1;
  uploads.set(input, turn);
  for (const said of list.querySelectorAll("[data-said]")) said.remove();
  const say = (text, style) => {
    const line = document.createElement("li");
    line.dataset.said = "";
    line.className = style;
    line.textContent = text;
    line.setAttribute("aria-live", "polite");
    list.append(line);
    return line;
  };
  if ([...input.files].some((file) => file.size > Number(input.dataset.maximum))) {
    input.value = "";
    say(input.dataset.large, "error");
    return;
  }
  const waiting = say(input.dataset.wait, "help");
  const data = new FormData();
  data.append("csrf", input.form.elements.namedItem("csrf").value);
  for (const file of input.files) data.append(input.name, file);
  let text;
  try {
    const answer = await fetch(input.dataset.upload, { method: "POST", body: data });
    if (answer.redirected || ![200, 422].includes(answer.status)) throw new Error(answer.statusText);
    text = await answer.text();
  } catch {
    // The form takes the file along.
    waiting.remove();
    if (uploads.get(input) === turn) say(input.dataset.failed, "help");
    return;
  }
  waiting.remove();
  const stored = new DOMParser().parseFromString(`<ul>${text}</ul>`, "text/html").querySelectorAll("li");
  if (!input.multiple && [...stored].some((line) => line.matches(".file"))) {
    for (const before of list.querySelectorAll(".file")) before.remove();
  }
  for (const line of stored) if (!line.matches(".file")) line.dataset.said = "";
  list.append(...stored);
  // Unless another was chosen meanwhile.
  if (uploads.get(input) === turn) input.value = "";
  input.form?.dispatchEvent(new Event("change"));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-drop]");
  if (!button) return;
  event.preventDefault();
  const { form } = button;
  const question = button.closest(".question");
  button.closest("li").remove();
  question.querySelector("input[type=file]")?.focus();
  form.dispatchEvent(new Event("change"));
});

// Brings the questions to what the desk says, and leaves alone what did not change: what has the focus keeps it.
function update(old, fresh) {
  const focused = document.activeElement;
  const before = new Map([...old.children].map((child) => [child.id, child]));
  let place = null;
  for (const question of [...fresh.children]) {
    const known = before.get(question.id);
    before.delete(question.id);
    let current = known;
    if (!known) {
      current = question;
    } else if (isInHand(known)) {
      // While somebody types in it, only what is said about it changes.
      if (known.classList.contains("wrong") && !question.classList.contains("wrong")) {
        known.classList.remove("wrong");
        known.querySelector(".error")?.remove();
      }
      for (const output of question.querySelectorAll("output")) {
        const same = known.querySelector(`output[aria-labelledby="${CSS.escape(output.getAttribute("aria-labelledby"))}"]`);
        if (same) same.value = output.value;
      }
    } else if (unsaid(known).outerHTML !== question.outerHTML) {
      keepSaid(known, question);
      known.replaceWith(question);
      current = question;
    }
    const next = place ? place.nextElementSibling : old.firstElementChild;
    if (next !== current) old.insertBefore(current, next);
    place = current;
  }
  for (const gone of before.values()) gone.remove();
  if (!focused.isConnected && focused.id) document.getElementById(focused.id)?.focus();
}

// Without what the page itself has said about files.
function unsaid(question) {
  const copy = question.cloneNode(true);
  for (const line of copy.querySelectorAll("[data-said]")) line.remove();
  return copy;
}

function keepSaid(known, question) {
  const lists = new Map([...question.querySelectorAll("[data-files]")].map((list) => [list.closest(".question").id, list]));
  for (const line of known.querySelectorAll("[data-said]")) lists.get(line.closest(".question").id)?.append(line);
}

// Whether somebody is typing in it, or a file of it is on its way.
function isInHand(question) {
  const active = document.activeElement;
  const isTyping = question.contains(active) && active.name && active.type !== "file";
  return isTyping || [...question.querySelectorAll("input[type=file]")].some((input) => input.files.length);
}

// Colleagues by what their names begin with.
let number = 0;
document.addEventListener("input", async (event) => {
  const input = event.target;
  if (!(input instanceof HTMLInputElement) || !("people" in input.dataset)) return;
  if (!input.list) {
    const list = document.createElement("datalist");
    list.id = `people-${++number}`;
    input.after(list);
    input.setAttribute("list", list.id);
  }
  if (input.value.trim().length < 2) return;
  try {
    const answer = await fetch(`/people?q=${encodeURIComponent(input.value.trim())}`);
    if (!answer.ok || answer.redirected) return;
    const options = new DOMParser().parseFromString(`<datalist>${await answer.text()}</datalist>`, "text/html");
    input.list?.replaceChildren(...options.querySelectorAll("option"));
  } catch {
    // The name can be written out.
  }
});

// What changes elsewhere comes by itself. Of all windows of the browser one listens, and tells the others.
const main = document.querySelector("[data-live]");
if (main && "BroadcastChannel" in window) follow(main.dataset);

function follow({ live, address }) {
  const channel = new BroadcastChannel("bureau");
  let position = main.dataset.position;
  let timer = 0;
  let isDue = false;

  const plan = (patience = 400) => {
    if (document.hidden || timer || !address) return;
    // A little apart, so that not everybody asks at once.
    timer = setTimeout(async () => {
      isDue = false;
      await refresh(address);
      timer = 0;
      if (isDue) plan();
    }, 100 + Math.random() * patience);
  };
  const hear = ({ type, id, number }) => {
    if (type === "joined") {
      // Whoever opens a window may have signed in again.
      wake();
      return leads && channel.postMessage({ type: "here", id: position, isAway });
    }
    if (type === "away") return showAway(true);
    showAway(false);
    showOver(type === "over");
    if (type === "over" || type === "refused") return;
    const isNewer = type === "here" && isBehind(position, id);
    if (type !== "here" || isNewer) position = id;
    if (type === "reset" || isNewer || (type === "changed" && (live === "all" || live === number))) {
      isDue = true;
      plan(type === "reset" ? 3_000 : 400);
    }
  };
  let leads = false;
  let wake = () => {};
  const say = (said) => {
    hear(said);
    channel.postMessage(said);
  };
  const listen = () =>
    new Promise((over) => {
      const source = new EventSource(`/api/v1/stream?after=${encodeURIComponent(position)}`);
      let away = 0;
      const told = (event) => {
        clearTimeout(away);
        away = 0;
        document.documentElement.dataset.stream = "open";
        say({ type: event.type, id: event.lastEventId, number: JSON.parse(event.data).number });
      };
      for (const type of ["ready", "changed", "reset"]) source.addEventListener(type, told);
      source.onerror = async () => {
        // Else the browser tries again by itself.
        if (source.readyState !== EventSource.CLOSED) return void (away ||= setTimeout(() => say({ type: "away" }), 4_000));
        clearTimeout(away);
        say({ type: await standing() });
        wake = over;
        setTimeout(over, 30_000);
      };
    });
  const lead = async () => {
    leads = true;
    for (;;) await listen();
  };
  channel.addEventListener("message", (event) => hear(event.data));
  document.addEventListener("visibilitychange", () => isDue && plan());
  if (navigator.locks) {
    channel.postMessage({ type: "joined" });
    navigator.locks.request("bureau", lead);
  } else {
    lead();
  }
}

// Whether the second place is later; of another daemon nobody knows.
function isBehind(mine, other) {
  const [[epoch, sequence], [otherEpoch, otherSequence]] = [mine.split("-"), other.split("-")];
  return epoch !== otherEpoch || parseInt(sequence, 16) < parseInt(otherSequence, 16);
}

// Why the stream was refused: the session is over, there are too many, or something between here and the desk says no.
async function standing() {
  try {
    const answer = await fetch("/people", { headers: { "Bureau-Unattended": "1" }, redirect: "manual", cache: "no-store" });
    if (answer.type === "opaqueredirect") return "over";
    return answer.status < 500 ? "refused" : "away";
  } catch {
    return "away";
  }
}

// Nobody is signed in any more. What is typed can be sent all the same: the sign-in carries it on.
function showOver(isNow) {
  const notice = document.querySelector("[data-over]");
  if (notice) notice.hidden = !isNow;
}

// The desk does not answer: what is typed stays, and nothing is sent into the void.
let isAway = false;
function showAway(isNow) {
  isAway = isNow;
  const notice = document.querySelector("[data-away]");
  if (notice) notice.hidden = !isNow;
}
document.addEventListener("submit", (event) => {
  if (!isAway) return;
  event.preventDefault();
  delete event.target.dataset.sent;
  document.querySelector("[data-away]").focus();
});

// Brings the parts of the page to what the desk says; what somebody fills stays as it is.
async function refresh(address) {
  let text;
  try {
    const answer = await fetch(address, { headers: { "Bureau-Unattended": "1" }, cache: "no-store" });
    if (!answer.ok || answer.redirected) return;
    text = await answer.text();
  } catch {
    return; // The next change brings it.
  }
  const fresh = new DOMParser().parseFromString(text, "text/html");
  let hasChanged = false;
  for (const part of document.querySelectorAll("[data-part]")) {
    const next = fresh.querySelector(`[data-part="${part.dataset.part}"]`);
    if (!next || settled(part) === settled(next) || isFilled(part, next)) continue;
    replacePart(part, next);
    hasChanged = true;
  }
  if (!hasChanged) return;
  document.title = fresh.title;
  const status = document.querySelector("[data-updated]");
  if (status) status.textContent = status.dataset.updated;
}

// A part without what is new each time, and without what the reader has opened.
function settled(part) {
  const copy = part.cloneNode(true);
  for (const input of copy.querySelectorAll('input[name="key"], input[name="csrf"], input[name="page"], [data-said]')) input.remove();
  for (const details of copy.querySelectorAll("details")) details.removeAttribute("open");
  return copy.innerHTML;
}

// Whether somebody has entered something here that the desk does not know.
function isFilled(part, next) {
  const controls = "input:not([type=hidden]), select, textarea";
  const known = new Map([...next.querySelectorAll(controls)].map((control) => [control.id, control]));
  return [...part.querySelectorAll(controls)].some((control) => {
    if (control.type === "file") return control.files.length > 0;
    const base = known.get(control.id) ?? control;
    if (control.type === "checkbox" || control.type === "radio") return control.checked !== base.defaultChecked;
    if (control instanceof HTMLSelectElement) return [...control.options].some((option, index) => option.selected !== base.options[index]?.defaultSelected && control.selectedIndex > 0);
    return control.value !== base.defaultValue || (control.value && control.value !== control.defaultValue);
  });
}

// What had the focus keeps it, and what was open stays open.
function replacePart(part, next) {
  const words = (element) => element.textContent.trim();
  const open = [...part.querySelectorAll("details[open] > summary")].map(words);
  for (const summary of next.querySelectorAll("details > summary")) {
    if (open.includes(words(summary))) summary.parentElement.open = true;
  }
  const active = document.activeElement;
  const isHeld = part.contains(active);
  part.replaceWith(next);
  next.querySelectorAll("form[data-keep]").forEach(keepWhileTyping);
  if (!isHeld) return;
  const again =
    (active.id && document.getElementById(active.id)) ||
    [...next.querySelectorAll(active.tagName)].find((element) => words(element) === words(active));
  (again ?? document.getElementById("main")).focus();
}

// What says that something can be taken back goes after a while; its address goes at once.
for (const passing of document.querySelectorAll("[data-passing]")) {
  history.replaceState(null, "", location.pathname);
  const go = () => (passing.contains(document.activeElement) ? setTimeout(go, 2_000) : passing.remove());
  setTimeout(go, 12_000);
}

// Everything on the page is chosen at once, and left again.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-choose-all]");
  if (!link) return;
  event.preventDefault();
  const boxes = [...document.querySelectorAll(".choosing .choose")];
  const isAll = boxes.every((box) => box.checked);
  for (const box of boxes) box.checked = !isAll;
  sayWhatChoosingDoes();
});

// Its words follow what is chosen, however that came.
function sayWhatChoosingDoes() {
  const isAll = [...document.querySelectorAll(".choosing .choose")].every((box) => box.checked);
  for (const link of document.querySelectorAll("[data-choose-all]")) link.textContent = isAll ? link.dataset.none : link.dataset.all;
}
document.addEventListener("change", (event) => event.target.matches(".choosing .choose") && sayWhatChoosingDoes());

// Keys of their own, for those who want them: switched off in their dialog, and never while somebody types.
const help = document.querySelector("dialog.shortcuts");
if (help) {
  const store = "bureau-shortcuts";
  const isOff = () => localStorage.getItem(store) === "off";
  const switching = help.querySelector("[value=off]");
  const open = () => {
    switching.textContent = isOff() ? switching.dataset.on : switching.dataset.off;
    help.showModal();
  };
  for (const element of document.querySelectorAll("[data-with-script]")) element.hidden = false;
  document.querySelector("[data-shortcuts]").addEventListener("click", open);
  help.addEventListener("close", () => {
    if (help.returnValue === "off") localStorage.setItem(store, isOff() ? "on" : "off");
    help.returnValue = "";
  });
  const places = { h: "/", s: "/services", r: "/requests", i: "/inbox" };
  let isGoing = false;
  const rows = () => [...document.querySelectorAll("main .row-link")];
  const row = () => document.activeElement?.closest(".list > li");
  const move = (step) => {
    const all = rows();
    const now = all.indexOf(row()?.querySelector(".row-link"));
    all[Math.min(Math.max(now + step, 0), all.length - 1)]?.focus();
  };
  const actions = {
    "?": open,
    "/": () => (document.querySelector("main input[type=search]") ?? { focus: () => location.assign("/") }).focus(),
    j: () => move(1),
    k: () => move(-1),
    x: () => row()?.querySelector(".choose")?.click(),
    c: () => document.getElementById("comment")?.focus(),
    t: () => document.querySelector(".turn :is(a.button, textarea, input:not([type=hidden]), button)")?.focus(),
  };
  document.addEventListener("keydown", (event) => {
    if (isOff() || help.open || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input:not([type=checkbox]):not([type=radio]), select, textarea")) return;
    const wasGoing = isGoing;
    isGoing = !wasGoing && event.key === "g";
    const action = wasGoing ? places[event.key] && (() => location.assign(places[event.key])) : actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
}
