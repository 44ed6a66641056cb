// Searches the gallery, copies names, and collects questions for a blueprint.
"use strict";

const cards = [...document.querySelectorAll(".card")];
const topics = [...document.querySelectorAll(".topic")];
const form = document.querySelector(".search");
const collection = document.querySelector(".collection");
const list = (text) => text.split("|");

const found = new Map(cards.map((card) => {
  const told = card.querySelectorAll("h3, .name code, .objective, .kinds, .serves");
  const text = [card.dataset.topic, ...[...told].map((one) => one.textContent)].join(" ");
  return [card, text.toLowerCase()];
}));

function fits(card) {
  const { topic, kinds, serves } = card.dataset;
  const wanted = new FormData(form);
  const chosen = (name) => wanted.get(name) || "";
  return chosen("words").toLowerCase().split(/\s+/).every((word) => found.get(card).includes(word))
    && (!chosen("topic") || topic === chosen("topic"))
    && (!chosen("kinds") || list(kinds).includes(chosen("kinds")))
    && (!chosen("serves") || list(serves).includes(chosen("serves")))
    && (!wanted.has("machine") || "machine" in card.dataset);
}

function search() {
  for (const card of cards) card.hidden = !fits(card);
  const left = (root) => root.querySelectorAll(".card:not([hidden])").length;
  for (const topic of topics) topic.hidden = !left(topic);
  document.querySelectorAll("nav li").forEach((row, place) => {
    row.hidden = topics[place].hidden;
    row.querySelector(".count").textContent = left(topics[place]);
  });
  const hits = left(document);
  form.elements.hits.textContent = `${hits} of ${cards.length}`;
  document.querySelector(".none").hidden = hits > 0;
}

function target() {
  return document.getElementById(decodeURIComponent(location.hash.slice(1)));
}

// A link to a card that the search has hidden shows all again.
function follow() {
  if (target()?.closest("[hidden]")) {
    form.reset();
    search();
  }
  target()?.scrollIntoView();
}

function collect() {
  const names = [...document.querySelectorAll(".name input:checked")].map((box) => box.value);
  const questions = names.map((name) => `[[question]]\nitem = ${JSON.stringify(name)}\n`);
  collection.querySelector("textarea").value = questions.join("\n");
  collection.querySelector("h2").textContent = `Collected: ${names.length}`;
  collection.hidden = !names.length;
  collection.querySelector("[role=status]").textContent = "";
}

async function copy(text, told) {
  try {
    await navigator.clipboard.writeText(text);
    told.textContent = "copied";
  } catch {
    told.textContent = "select it and copy it";
  }
}

for (const card of cards) {
  const row = card.querySelector(".name");
  const name = row.querySelector("code").textContent;
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: "copy" });
  button.setAttribute("aria-label", `Copy the name ${name}`);
  button.addEventListener("click", () => copy(name, button));
  const box = Object.assign(document.createElement("input"), { type: "checkbox", value: name });
  box.autocomplete = "off";
  box.addEventListener("change", collect);
  const label = document.createElement("label");
  label.append(box, "collect");
  box.setAttribute("aria-label", `Collect ${name}`);
  row.append(button, ...(card.classList.contains("broken") ? [] : [label]));
}

for (const change of ["input", "change"]) form.addEventListener(change, search);
form.addEventListener("reset", () => setTimeout(search));
form.addEventListener("submit", (event) => event.preventDefault());
collection.querySelector(".copy-all").addEventListener("click", () =>
  copy(collection.querySelector("textarea").value, collection.querySelector("[role=status]")));
collection.querySelector(".clear").addEventListener("click", () => {
  for (const box of document.querySelectorAll(".name input:checked")) box.checked = false;
  collect();
});
window.addEventListener("hashchange", follow);
document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input:not([type=checkbox]), textarea, select");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  form.elements.words.focus();
});

form.hidden = false;
search(); // a browser may have kept what was typed before
collect();
