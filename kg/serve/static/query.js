"use strict";
// The query editor: this server's endpoint, the ontology's prefixes and terms, the examples, and answers drawn as a graph.
(async () => {
  // An example that is chosen while the page still loads runs when it is ready.
  let run, wanted;
  document.addEventListener("click", (event) => {
    const name = event.target.closest?.("[data-example]")?.dataset.example;
    if (name && run) run(name); else if (name) wanted = name;
  });
  const words = await fetch("/vocabulary.json").then((r) => r.json());
  const { Yasqe, Yasr } = Yasgui;
  const prefixes = Object.entries(words.prefixes);
  const short = (iri) => {
    const [prefix, space] = prefixes.filter(([, s]) => iri.startsWith(s)).sort((a, b) => b[1].length - a[1].length)[0] || [];
    return space === undefined ? `<${iri}>` : `${prefix}:${iri.slice(space.length)}`;
  };
  const header = prefixes.map(([prefix, space]) => `PREFIX ${prefix}: <${space}>`).join("\n");
  const used = (query) => prefixes.filter(([prefix]) => new RegExp(`(^|[^\\w<"?$-])${prefix}:`, "m").test(query.replace(/#[^\n]*|<[^>]*>|"[^"]*"/g, " "))).map(([prefix, space]) => `PREFIX ${prefix}: <${space}>`).join("\n");
  const whole = (query) => {
    const comment = query.match(/^(#[^\n]*\n)*/)[0];
    return `${comment}${used(query)}\n${query.slice(comment.length)}`;
  };

  // ---- completion, from this graph's ontology alone
  const terms = words.terms.map(([iri, label, comment]) => ({ text: short(iri), label: label || "", comment: comment || "" })).sort((a, b) => (a.text < b.text ? -1 : 1));
  const hints = (yasqe, token) => {
    const wanted = token.string.trim().toLowerCase();
    const rank = (t) => (t.text.toLowerCase().startsWith(wanted) ? 0 : t.label.toLowerCase().startsWith(wanted) ? 1 : (t.text + " " + t.label).toLowerCase().includes(wanted) ? 2 : 3);
    return terms.map((t) => [rank(t), t]).filter(([r]) => r < 3 && wanted).sort((a, b) => a[0] - b[0]).slice(0, 60).map(([, t]) => t);
  };
  Yasqe.defaults.autocompleters = ["variables"];
  Yasqe.defaults.prefixCcApi = null;

  // ---- the answer as a graph
  class Graph {
    constructor(yasr) { this.yasr = yasr; this.priority = 1; this.label = "Graph"; this.hideFromSelection = false; }
    // The things of each row, and the triples of a CONSTRUCT answer.
    asked() {
      const results = this.yasr.results, here = (iri) => iri.startsWith(words.base);
      const rows = (results?.getBindings?.() || []).map((row) => Object.values(row).filter((cell) => cell.type === "uri" && here(cell.value)).map((cell) => cell.value)).filter((row) => row.length);
      const triples = (results?.getStatements?.() || []).map((quad) => [quad.subject.value, quad.predicate.value, quad.object.value]).filter(([s, , o]) => here(s) && here(o));
      return triples.length ? { rows: [], triples } : { rows, triples };
    }
    canHandleResults() { const { rows, triples } = this.asked(); return rows.length + triples.length > 0; }
    getIcon() { const icon = document.createElement("span"); icon.textContent = "⚭"; icon.setAttribute("aria-hidden", "true"); return icon; }
    async draw() {
      const frame = document.createElement("iframe"), note = document.createElement("p");
      frame.className = "viewer"; frame.title = "The answer as a graph"; note.className = "dim";
      this.yasr.resultsEl.replaceChildren(note, frame);
      const answer = await fetch("/view", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(this.asked()) });
      if (!answer.ok) { note.textContent = (await answer.text()).trim(); return; }
      const data = await answer.json();
      note.textContent = data.edges.length ? "The relations of this answer. Click a line to read what the articles say." : "Nothing in one row of this answer is linked. Ask for both ends of a relation, or for the claim.";
      const send = (event) => { if (event.source === frame.contentWindow && event.data === "ready") { frame.contentWindow.postMessage(data, location.origin); removeEventListener("message", send); } };
      addEventListener("message", send);
      frame.src = "/viewer";
    }
  }
  Yasr.registerPlugin("graph", Graph);
  Yasr.defaults.plugins.table.dynamicConfig = { compact: true, isEllipsed: false };
  Yasr.defaults.pluginOrder = ["table", "graph", "boolean", "response"];

  const gui = new Yasgui(document.getElementById("yasgui"), {
    requestConfig: { endpoint: `${location.origin}/sparql`, method: "POST" },
    endpointCatalogueOptions: { getData: () => [] },
    persistenceId: "kg",
    copyEndpointOnNewTab: false,
    populateFromUrl: true,
    yasqe: { value: words.examples.length ? whole(words.examples[0].query) : header, autocompleters: ["variables"], prefixCcApi: null, resizeable: true, createShortLink: undefined },
    yasr: { prefixes: words.prefixes },
  });
  window.kgQuery = gui;

  const attach = (tab) => {
    const editor = tab?.getYasqe?.();
    if (!editor || editor.kgCompletes) return;
    editor.kgCompletes = true;
    editor.getInputField().setAttribute("aria-label", "SPARQL query");
    editor.setOption("extraKeys", { ...editor.getOption("extraKeys"), "Ctrl-Space": () => complete(editor) });
  };
  function complete(editor) {
    editor.showHint({
      completeSingle: false,
      closeCharacters: /[\s()[\]{};,]/,
      hint: () => {
        const at = editor.getDoc().getCursor(), line = editor.getDoc().getLine(at.line);
        const start = at.ch - line.slice(0, at.ch).match(/[\w:?$-]*$/)[0].length, typed = line.slice(start, at.ch);
        const list = typed.startsWith("?") || typed.startsWith("$")
          ? [...new Set(editor.getValue().match(/[?$]\w+/g))].filter((v) => v.startsWith(typed) && v !== typed).map((text) => ({ text }))
          : hints(editor, { string: typed }).map((t) => ({ text: t.text, displayText: `${t.text}  ${t.label}`, render: (el) => row(el, t) }));
        return { list, from: { line: at.line, ch: start }, to: at };
      },
    });
  }
  const row = (el, t) => { const small = document.createElement("small"); small.textContent = `  ${t.label}`; el.append(t.text, small); el.title = t.comment; };

  gui.on("tabSelect", () => setTimeout(() => attach(gui.getTab()), 0));
  attach(gui.getTab());
  run = (name) => {
    const example = words.examples.find((e) => e.name === name), tab = gui.getTab();
    tab.setQuery(whole(example.query));
    tab.setName(example.title.slice(0, 30));
    tab.getYasr().selectPlugin(/^\s*CONSTRUCT/im.test(example.query) ? "graph" : "table");
    tab.query().catch(() => {});
  };
  if (wanted) run(wanted);

  // IRIs of the answer lead to this server's pages.
  const localise = (event) => {
    const link = event.target.closest?.(".yasr a[href]");
    if (link && !link.dataset.local && /^https?:/.test(link.getAttribute("href")) && !link.getAttribute("href").startsWith(location.origin)) {
      link.dataset.local = "true";
      if (link.getAttribute("href").startsWith(words.base) || link.getAttribute("href").startsWith(words.prefixes.kg)) link.href = `/resource?iri=${encodeURIComponent(link.getAttribute("href"))}`;
      link.target = "_self";
      link.rel = "noopener noreferrer";
    }
  };
  for (const kind of ["pointerover", "focusin", "mousedown", "click"]) document.addEventListener(kind, localise, true);
  document.documentElement.dataset.ready = "true";
})();
