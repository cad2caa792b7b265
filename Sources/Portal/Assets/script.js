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
    const data = new URLSearchParams(new FormData(form));
    data.set("do", "check");
    data.set("typing", focused?.name ?? "");
    let text;
    try {
      const answer = await fetch(form.dataset.check, { method: "POST", body: data, signal: asking.signal });
      if (!answer.ok || answer.redirected) return;
      text = await answer.text();
    } catch {
      return; // Sending the form says what is wrong.
    }
    // What was typed since the question was asked is newer than the answer.
    if (new URLSearchParams(withoutNoise(new FormData(form))).toString() !== withoutNoise(data).toString()) return later(0);
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

// The data of a form without what is no answer.
function withoutNoise(data) {
  const plain = new URLSearchParams(data);
  for (const name of ["do", "typing"]) plain.delete(name);
  return plain;
}

// Brings the questions to what the desk says, and leaves alone what did not change: what has the focus keeps it.
function update(old, fresh) {
  const before = new Map([...old.children].map((child) => [child.id, child]));
  let place = null;
  for (const question of [...fresh.children]) {
    const known = before.get(question.id);
    before.delete(question.id);
    let current = known;
    if (!known) {
      current = question;
    } else if (known.contains(document.activeElement) && document.activeElement.name) {
      // While somebody types in it, only what is said about it changes.
      if (known.classList.contains("wrong") && !question.classList.contains("wrong")) {
        known.classList.remove("wrong");
        known.querySelector(".error")?.remove();
      }
      for (const output of question.querySelectorAll("output")) {
        const same = known.querySelector(`output[aria-labelledby="${CSS.escape(output.getAttribute("aria-labelledby"))}"]`);
        if (same) same.value = output.value;
      }
    } else if (known.outerHTML !== question.outerHTML) {
      known.replaceWith(question);
      current = question;
    }
    const next = place ? place.nextElementSibling : old.firstElementChild;
    if (next !== current) old.insertBefore(current, next);
    place = current;
  }
  for (const gone of before.values()) gone.remove();
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
