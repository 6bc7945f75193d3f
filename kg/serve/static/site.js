"use strict";
// Suggestions below search fields, and the two-way link between a text and its claims. All text is set as textContent.
(() => {
  for (const input of document.querySelectorAll("input[data-suggest]")) suggest(input);

  function suggest(input) {
    const list = document.createElement("ul");
    let found = [], chosen = -1, asked = 0;
    list.className = "hits"; list.hidden = true; list.id = `${input.id || input.name}-hits`;
    list.setAttribute("role", "listbox"); list.setAttribute("aria-label", "Suggestions");
    for (const [name, value] of [["role", "combobox"], ["aria-expanded", "false"], ["aria-controls", list.id], ["aria-autocomplete", "list"]]) input.setAttribute(name, value);
    const holder = input.closest(".search") || input.parentElement;
    holder.style.position = "relative"; holder.append(list);
    const close = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
    const go = (i) => {
      const hit = found[i];
      if (input.dataset.suggest === "fill") { input.value = hit.name; close(); } else location.href = hit.href;
    };
    function show() {
      list.replaceChildren(...found.map((hit, i) => {
        const li = document.createElement("li"), name = document.createElement("span"), type = document.createElement("small");
        name.textContent = hit.said === hit.name ? hit.name : `${hit.name} (${hit.said})`; type.textContent = hit.type;
        li.id = `${list.id}-${i}`; li.setAttribute("role", "option"); li.setAttribute("aria-selected", String(i === chosen));
        li.append(name, type);
        li.addEventListener("mousedown", (event) => { event.preventDefault(); go(i); });
        return li;
      }));
      list.hidden = !found.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      if (chosen >= 0) input.setAttribute("aria-activedescendant", `${list.id}-${chosen}`); else input.removeAttribute("aria-activedescendant");
    }
    let timer;
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(async () => {
        const text = input.value.trim(), mine = ++asked;
        const answer = text ? await fetch(`/suggest?q=${encodeURIComponent(text)}`).then((r) => (r.ok ? r.json() : []), () => []) : [];
        if (mine === asked) { found = answer; chosen = -1; show(); }
      }, 120);
    });
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close();
      else if (event.key === "Enter" && chosen >= 0 && !list.hidden) { event.preventDefault(); go(chosen); }
      else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && found.length) {
        event.preventDefault();
        chosen = event.key === "ArrowDown" ? (chosen + 1) % found.length : (chosen <= 0 ? found.length : chosen) - 1;
        show();
      }
    });
    input.addEventListener("blur", () => setTimeout(close, 100));
  }

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    const field = document.querySelector(".search input");
    if (event.key === "/" && !typing && field) { event.preventDefault(); field.focus(); }
  });

  // A sentence and its claims light up together, and a chosen sentence brings its claims into sight beside it.
  const text = document.getElementById("text"), claims = document.querySelector(".claims");
  if (text && claims) {
    const light = (start, on) => { for (const id of [`t${start}`, `c${start}`]) document.getElementById(id)?.classList.toggle("on", on); };
    for (const place of [...text.querySelectorAll("a[id]"), ...claims.querySelectorAll("section")]) {
      const start = place.id.slice(1);
      for (const kind of ["mouseenter", "focusin"]) place.addEventListener(kind, () => light(start, true));
      for (const kind of ["mouseleave", "focusout"]) place.addEventListener(kind, () => light(start, false));
    }
  }
})();
