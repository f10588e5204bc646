// SPDX-FileCopyrightText: 2026 The gradecalc authors
// SPDX-License-Identifier: MIT
// The page: it hands what people do to page.py, and shows what comes back. Nothing here knows how grades work.
import { loadPyodide } from "./pyodide/pyodide.mjs";

const at = (id) => document.getElementById(id);
const page = { ask: null, changes: {}, items: [] };

function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name in made && name !== "list") made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

async function start() {
  const python = await loadPyodide({ indexURL: new URL("./pyodide/", import.meta.url).href });
  for (const wheel of await (await fetch("./wheels.json")).json()) {
    python.unpackArchive(await (await fetch(`./${wheel}`)).arrayBuffer(), "wheel");
  }
  python.runPython(await (await fetch("./page.py")).text());
  python.runPython("page = Page()");
  const attempt = python.globals.get("attempt");
  const own = python.globals.get("page");
  page.ask = (what, ...given) => {
    const answer = attempt(own[what], ...given.map((each) => python.toPy(each))).toJs({ dict_converter: Object.fromEntries });
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.value;
  };
  at("file").disabled = at("example").disabled = false;
  say("Ready.");
}

function say(text, bad = false) {
  at("status").textContent = text;
  at("status").className = bad ? "bad" : "";
}

async function open(file, name) {
  say("Reading …");
  await new Promise(requestAnimationFrame);
  let read;
  try {
    read = page.ask("open", new Uint8Array(await file.arrayBuffer()), name);
  } catch (error) {
    read = { problems: [error.message] };
  }
  at("learner-section").hidden = at("questions").hidden = !read.learners;
  at("notes").hidden = false;
  at("notes").replaceChildren(
    ...(read.notes ?? []).map((note) => make("p", { textContent: note })),
    ...read.problems.slice(0, 20).map((problem) => make("p", { className: "bad", textContent: problem })),
  );
  if (!read.learners) return say(`${name} cannot be graded.`, true);
  say(`${name} was read as ${read.kind}: ${read.learners.length} ${read.learners.length === 1 ? "learner" : "learners"}.`);
  at("learner").replaceChildren(...read.learners.map((each) => make("option", { value: each.id, textContent: each.name })));
  at("letters").value = "";
  offer(read.targets);
  choose();
}

function offer(targets) {
  at("target").value = targets.length ? "" : "50";
  at("target-hint").textContent = targets.length
    ? `A percent, or one of ${targets.join(", ")}; empty asks for all of them.`
    : "A percent; or state below from which percent each symbol is given.";
}

function letter() {
  try {
    offer(page.ask("letter", at("letters").value));
    show();
  } catch (error) {
    at("needed").replaceChildren(make("p", { className: "bad", textContent: error.message }));
  }
}

function choose() {
  page.changes = {};
  page.items = page.ask("choose", at("learner").value);
  at("items").replaceChildren(...page.items.map(row));
  at("needed-item").replaceChildren(...page.items.map((item) => make("option", { value: item.id, textContent: item.name })));
  const open = page.items.find((item) => item.mark === null && !item.exempt) ?? page.items.at(-1);
  if (open) at("needed-item").value = open.id;
  show();
}

function row(item) {
  const mark = item.mark ?? 0;
  const range = make("input", {
    type: "range", min: 0, max: item.max, step: item.max > 20 ? 0.5 : 0.25, value: mark, "aria-label": `${item.name}: slide`,
  });
  const number = make("input", {
    type: "number", min: 0, max: item.max, step: "any", value: item.mark ?? "", "aria-label": `${item.name}: points`,
  });
  const exempt = make("input", { type: "checkbox", checked: item.exempt });
  const field = make(
    "fieldset", {},
    make("legend", { textContent: `${item.name} (out of ${item.shown_max})` }),
    make("div", { className: "row" }, range, number, make("label", {}, exempt, " exempt")),
  );
  const told = (change) => {
    page.changes[item.id] = change;
    field.classList.add("changed");
    exempt.checked = change === "exempt";
    later();
  };
  range.addEventListener("input", () => { number.value = range.value; told(Number(range.value)); });
  number.addEventListener("input", () => {
    range.value = number.value === "" ? 0 : number.value;
    told(number.value === "" ? "none" : Number(number.value));
  });
  exempt.addEventListener("change", () => told(exempt.checked ? "exempt" : number.value === "" ? "none" : Number(number.value)));
  return make("li", {}, field);
}

let waiting = 0;
function later() {
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(show);
}

function show() {
  try {
    const then = page.ask("suppose", page.changes);
    at("final").textContent = then.changes ? `${then.before} → ${then.final}` : then.final;
    at("final").className = "";
    at("changes").innerHTML = then.changes;
    at("report").innerHTML = then.report;
  } catch (error) {
    at("final").textContent = error.message;
    at("final").className = "bad";
  }
  need();
}

function need() {
  try {
    at("needed").innerHTML = page.ask("need", at("needed-item").value, at("target").value, page.changes);
  } catch (error) {
    at("needed").replaceChildren(make("p", { className: "bad", textContent: error.message }));
  }
}

at("file").addEventListener("change", () => at("file").files[0] && open(at("file").files[0], at("file").files[0].name));
at("example").addEventListener("click", async () => open(await fetch("./example.csv"), "example.csv"));
at("learner").addEventListener("change", choose);
at("reset").addEventListener("click", choose);
at("needed-item").addEventListener("change", need);
at("letters").addEventListener("change", letter);
at("target").addEventListener("input", need);
for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
  at("drop").addEventListener(name, (event) => {
    event.preventDefault();
    at("drop").classList.toggle("over", name === "dragenter" || name === "dragover");
    if (name === "drop" && event.dataTransfer.files[0]) open(event.dataTransfer.files[0], event.dataTransfer.files[0].name);
  });
}
start().catch((error) => say(`Python could not be loaded: ${error.message}`, true));
