// SPDX-FileCopyrightText: 2026 The gradecalc authors
// SPDX-License-Identifier: MIT
// The widget in the browser: it shows what the notebook's side says, and tells it what people move.
function make(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function row(model, item) {
  const label = `${item.name} (out of ${item.max})`;
  const step = item.max > 20 ? 0.5 : 0.25;
  const range = make("input", { type: "range", min: 0, max: item.max, step, value: item.mark ?? 0, ariaLabel: `${item.name}: slide` });
  const number = make("input", { type: "number", min: 0, max: item.max, step: "any", value: item.mark ?? "", ariaLabel: `${item.name}: points` });
  const exempt = make("input", { type: "checkbox", checked: item.exempt });
  const suppose = (change) => {
    model.set("changes", { ...model.get("changes"), [item.id]: change });
    model.save_changes();
  };
  const typed = () => (number.value === "" ? "ungraded" : Number(number.value));
  range.addEventListener("input", () => { number.value = range.value; exempt.checked = false; suppose(Number(range.value)); });
  number.addEventListener("input", () => { range.value = number.value || 0; exempt.checked = false; suppose(typed()); });
  exempt.addEventListener("change", () => suppose(exempt.checked ? "exempt" : typed()));
  return make("fieldset", {}, make("legend", { textContent: label }), range, number, make("label", {}, exempt, " exempt"));
}

function render({ model, el }) {
  const items = make("div", { className: "gradecalc-items" });
  const final = make("output", { className: "gradecalc-final" });
  const error = make("p", { className: "gradecalc-error" });
  const why = make("div", { className: "gradecalc-why" });
  const reset = make("button", { type: "button", textContent: "As it was" });
  const fill = () => items.replaceChildren(...model.get("items").map((item) => row(model, item)));
  const show = () => {
    final.textContent = model.get("final");
    error.textContent = model.get("error");
    why.innerHTML = model.get("html");
  };
  reset.addEventListener("click", () => { model.set("changes", {}); model.save_changes(); fill(); });
  for (const name of ["final", "error", "html"]) model.on(`change:${name}`, show);
  fill();
  show();
  el.classList.add("gradecalc-what-if");
  el.append(make("div", {}, items, reset), make("div", {}, final, error, why));
}

export default { render };
