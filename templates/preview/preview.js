// Keeps the page of examgen preview at the state of the file, and has typed answers marked.
"use strict";

const place = (id) => document.getElementById(id);
const page = document.documentElement;
const session = page.dataset.token.slice(0, 8);
let number = Number(page.dataset.number);
let loading = 0; // the newest refresh: an older one that comes late is dropped

async function piece(path, options) {
  const answer = await fetch(path + location.search, options);
  return answer.status === 204 ? null : answer.text();
}

async function fill(id, current) {
  const section = place(id);
  section.classList.add("waiting");
  const html = await piece("/" + id);
  if (current !== loading || html === null) return;
  section.innerHTML = html;
  section.classList.remove("waiting");
}

function typed() {
  const form = place("try");
  return form ? Object.fromEntries(new FormData(form)) : null;
}

let kept = {}; // what was typed before the item broke
async function refresh() {
  const current = ++loading;
  kept = typed() ?? kept;
  const focused = document.activeElement?.id;
  const marked = document.querySelector("output dl") !== null;
  const html = await piece("/item");
  if (current !== loading || html === null) return;
  place("item").innerHTML = html;
  for (const [name, text] of Object.entries(kept)) {
    const field = place("answer-" + name);
    if (field) field.value = text;
  }
  if (focused) place(focused)?.focus();
  if (marked) mark();
  details(current);
}

function details(current) {
  const broken = document.querySelector("#item > .problem");
  for (const id of ["proof", "space"])
    if (broken) place(id).replaceChildren();
    else fill(id, current);
}

async function mark() {
  const form = place("try");
  const given = Object.entries(typed()).filter(([, text]) => text.trim());
  const rank = document.querySelector("[data-rank]").dataset.rank;
  form.classList.add("waiting");
  const answer = await fetch("/marks?rank=" + rank, {
    method: "POST",
    headers: { "X-Examgen-Token": page.dataset.token },
    body: new URLSearchParams(given),
  });
  if (answer.status === 204 || !form.isConnected) return;
  const found = document.createElement("template");
  found.innerHTML = answer.ok ? await answer.text() : "";
  for (const output of form.querySelectorAll("output")) output.replaceChildren();
  for (const one of found.content.querySelectorAll("template"))
    place("mark-" + one.dataset.part).replaceChildren(one.content);
  const problem = found.content.querySelector(".problem");
  place("trouble").replaceChildren(...(problem ? [problem] : []));
  if (!answer.ok) place("trouble").textContent = await answer.text();
  form.classList.remove("waiting");
}

document.addEventListener("submit", (event) => {
  event.preventDefault();
  mark();
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey && event.key === "Enter") return mark();
  if (event.target.matches("input, textarea")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "n") document.querySelector("a[rel=next]")?.click();
  if (event.key === "p") history.back();
  if (event.key === "/") {
    event.preventDefault();
    document.querySelector(".response input, .response textarea")?.focus();
  }
});

// A page that nobody sees lets go of its connection: a browser has six for one address.
let changes;
function follow() {
  changes = new EventSource("/changes");
  changes.onmessage = (event) => {
    const [of, now] = event.data.split(" ");
    if (of !== session) return location.reload();
    place("state").textContent = "follows the file";
    if (Number(now) !== number) {
      number = Number(now);
      refresh();
    }
  };
  changes.onerror = () => {
    place("state").textContent = "the preview has ended";
  };
}
document.addEventListener("visibilitychange", () => {
  changes.close();
  if (!document.hidden) follow();
});

follow();
details(loading);
