"use strict";
// Draws the data of this page, or what the page around it sends. All text reaches the page through textContent; nothing is
// fetched.
(() => {
  const given = JSON.parse(document.getElementById("data").textContent);
  if (given) return draw(given);
  addEventListener("message", function wait(event) {
    if (event.origin !== location.origin || !event.data?.nodes) return;
    removeEventListener("message", wait);
    draw(event.data);
  });
  parent.postMessage("ready", location.origin);
function draw(data) {
  const $ = (id) => document.getElementById(id);
  const make = (tag, props = {}, ...children) => {
    const node = Object.assign(document.createElement(tag), props);
    for (const child of children) node.append(child);
    return node;
  };
  const FACT = new Set(["asserted", "inferred"]), DENIED = new Set(["denied", "negated"]);
  const kindOf = (status) => (FACT.has(status) ? "fact" : DENIED.has(status) ? "denied" : "hedged");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const theme = {};
  const readTheme = () => { const style = getComputedStyle(document.documentElement); for (const name of ["bg", "ink", "dim", "edge", "hedge", "deny", "accent"]) theme[name] = style.getPropertyValue("--" + name).trim(); };
  readTheme();
  const color = new Map(data.groups.map((group) => [group.name, group.colour]));
  const nodes = data.nodes.map((n, i) => ({ ...n, id: i, ox: n.x, oy: n.y, fx: n.x, fy: n.y, sources: new Set() }));
  const links = data.edges.map((e, i) => ({ ...e, id: i, source: e.s, target: e.t }));
  const near = nodes.map(() => []);
  for (const link of links) { near[link.s].push(link); if (link.t !== link.s) near[link.t].push(link); }
  for (const link of links) for (const end of [link.s, link.t]) for (const i of link.claims) nodes[end].sources.add(data.claims[i].article);
  const sizeBy = (what) => { for (const n of nodes) n.r = Math.min(15, 3.5 + 1.5 * Math.sqrt(what === "sources" ? sourcesOf([...n.sources].map((article) => ({ article }))) : n.degree)); };
  const pairs = new Map();
  for (const link of links) {
    const key = Math.min(link.s, link.t) + "-" + Math.max(link.s, link.t);
    const nth = pairs.get(key) || 0;
    pairs.set(key, nth + 1);
    const bend = nth === 0 ? 0 : (nth % 2 ? 1 : -1) * Math.ceil(nth / 2) * 0.18;
    link.curve = link.s === link.t ? 0.6 : link.s < link.t ? bend : -bend;
  }
  const state = { hidden: new Set(), kinds: { fact: true, hedged: false, denied: false }, property: "", article: "", cls: "", status: "", sources: 1, from: 0, to: data.days.length - 1, focus: null, path: null, pathFrom: null, chosen: null, chosenLink: null, start: new Set(data.start), inferred: true, hover: null, shrink: 1, few: false };

  // ---- what is visible
  const claimPasses = (claim) => {
    if (state.status ? claim.status !== state.status : !state.kinds[kindOf(claim.status)]) return false;
    if (!state.inferred && claim.status === "inferred") return false;
    if (state.article !== "" && claim.article !== +state.article) return false;
    if (data.days.length && (state.from > 0 || state.to < data.days.length - 1)) {
      if (!claim.until) return false;
      if (!claim.goesOn && claim.until < data.days[state.from]) return false;
      if (!claim.opens && claim.since > data.days[state.to]) return false;
    }
    return true;
  };
  // Articles that share a publisher, an agency or their text are one source.
  const sourcesOf = (claims) => {
    const groups = [];
    for (const i of new Set(claims.map((c) => c.article))) {
      let group = new Set([`article ${i}`, ...((data.articles[i] || {}).voices || [])]);
      for (let g = groups.length - 1; g >= 0; g--) {
        if ([...groups[g]].some((voice) => group.has(voice))) group = new Set([...group, ...groups.splice(g, 1)[0]]);
      }
      groups.push(group);
    }
    return groups.length;
  };
  sizeBy("degree");
  const claimsOf = (item) => item.claims.map((i) => data.claims[i]).filter(claimPasses);
  const linkPasses = (link) => {
    if (state.property && link.p !== state.property) return false;
    if (state.cls && nodes[link.s].type !== state.cls && nodes[link.t].type !== state.cls) return false;
    if (state.hidden.has(nodes[link.s].group) || state.hidden.has(nodes[link.t].group)) return false;
    const left = claimsOf(link);
    return left.length > 0 && (state.sources === 1 || sourcesOf(left) >= state.sources);
  };
  const visible = () => {
    let kept = links.filter(linkPasses), ids;
    if (state.path) {
      ids = new Set(state.path.nodes);
      kept = kept.filter((l) => state.path.links.has(l.id));
    } else if (state.focus !== null) {
      ids = new Set([state.focus]);
      for (const l of kept) if (l.s === state.focus) ids.add(l.t); else if (l.t === state.focus) ids.add(l.s);
      kept = kept.filter((l) => ids.has(l.s) && ids.has(l.t));
    } else {
      kept = kept.filter((l) => state.start.has(l.s) && state.start.has(l.t));
      ids = new Set();
      for (const l of kept) { ids.add(l.s); ids.add(l.t); }
    }
    return { nodes: nodes.filter((n) => ids.has(n.id)), links: kept };
  };
  const placeAt = (n, x, y) => { n.x = n.fx = x; n.y = n.fy = y; };
  // The overview keeps the positions of the file; a neighbourhood is rings around its middle, a path a line.
  function arrange(seen) {
    if (state.path) state.path.nodes.forEach((id, i) => placeAt(nodes[id], -i * 150, (i % 2) * 24));
    else if (state.focus !== null) {
      const ring = seen.nodes.filter((n) => n.id !== state.focus).sort((a, b) => (a.group < b.group ? -1 : a.group > b.group ? 1 : b.degree - a.degree || a.id - b.id));
      placeAt(nodes[state.focus], 0, 0);
      let done = 0;
      for (let k = 1; done < ring.length; k++) {
        const here = ring.slice(done, done + 14 * k);
        here.forEach((n, i) => { const angle = (2 * Math.PI * (i + 0.5 * k)) / here.length - Math.PI / 2; placeAt(n, 150 * k * Math.cos(angle), 120 * k * Math.sin(angle)); });
        done += here.length;
      }
    } else for (const n of seen.nodes) placeAt(n, n.ox, n.oy);
  }

  // ---- drawing
  const stage = $("stage");
  let scaleNow = 1;
  const graph = ForceGraph()(stage).autoPauseRedraw(true).cooldownTicks(0).enableNodeDrag(true).minZoom(0.05).maxZoom(12)
    .nodeId("id").nodeRelSize(1).nodeVal((n) => radius(n, scaleNow) ** 2).nodeLabel(() => null).linkLabel(() => null)
    .linkCurvature("curve").linkWidth((l) => (l === state.chosenLink ? 3 : Math.min(3, 0.8 + 0.35 * claimsOf(l).length)))
    .linkColor((l) => { const k = kindOf(best(l).status); return k === "fact" ? theme.edge : theme[k === "denied" ? "deny" : "hedge"]; })
    .linkLineDash((l) => (kindOf(best(l).status) === "fact" ? null : [4, 3]))
    .linkDirectionalArrowLength((l) => (l.sym ? 0 : 7 / Math.max(scaleNow, 0.6))).linkDirectionalArrowRelPos(1)
    .linkHoverPrecision(6)
    .nodeCanvasObject(drawNode).nodePointerAreaPaint((n, paint, ctx, scale) => { ctx.fillStyle = paint; ctx.beginPath(); ctx.arc(n.x, n.y, radius(n, scale) + 2 / scale, 0, 7); ctx.fill(); })
    .onNodeClick((n) => { if (isSecondClick(n)) focusOn(n.id); else if (state.pathFrom !== null && state.pathFrom !== n.id) showPath(state.pathFrom, n.id); else showNode(n.id); })
    .onLinkClick((l) => showLink(l)).onBackgroundClick(() => { state.chosen = null; state.chosenLink = null; showIntro(); repaint(); });
  // The library's click comes from pointer events, which do not count clicks.
  function isSecondClick(n) {
    const now = performance.now(), second = state.clicked === n.id && now - state.clickedAt < 450;
    state.clicked = n.id; state.clickedAt = now;
    return second;
  }
  function best(link) { const left = claimsOf(link); return left.find((c) => FACT.has(c.status)) || left[0] || data.claims[link.claims[0]]; }
  const short = (text, size) => (text.length > size ? text.slice(0, size - 1) + "…" : text);
  // Nodes keep their size on the screen when one zooms out, a little smaller where many are drawn.
  function radius(n, scale) { return Math.max(n.r * 0.6, (n.r * state.shrink) / scale); }
  function drawNode(n, ctx, scale) {
    const chosen = n.id === state.chosen, r = radius(n, scale);
    ctx.beginPath(); ctx.arc(n.x, n.y, r, 0, 7); ctx.fillStyle = color.get(n.group); ctx.fill();
    ctx.lineWidth = 1 / scale; ctx.strokeStyle = theme.bg; ctx.stroke();
    if (chosen || n.id === state.pathFrom) { ctx.lineWidth = 2.5 / scale; ctx.strokeStyle = theme.ink; ctx.stroke(); }
  }
  // Labels come last and never overlap: those of the chosen and the best-connected first, the others as one zooms in.
  function drawLabels(ctx, scale) {
    const labelled = [];
    drawNodeLabels(labelled, ctx, scale);
    for (const l of graph.graphData().links) drawLinkLabel(labelled, l, ctx, scale);
  }
  const overlaps = (boxes, box) => boxes.some((b) => b[0] < box[2] && b[2] > box[0] && b[1] < box[3] && b[3] > box[1]);
  function drawNodeLabels(labelled, ctx, scale) {
    const size = 12 / scale, shown = graph.graphData().nodes;
    const chosen = shown.filter((n) => n.id === state.chosen || n.id === state.hover);
    for (const n of [...chosen, ...shown]) {
      const strong = n.degree > 5 || n.id === state.chosen, r = radius(n, scale), y = n.y + r + size * 0.95;
      ctx.font = `${strong ? 600 : 400} ${size}px system-ui, sans-serif`;
      const text = short(n.name, 28), half = ctx.measureText(text).width / 2;
      const box = [n.x - half, y - size * 0.75, n.x + half, y + size * 0.65];
      if (overlaps(labelled, box)) continue;
      labelled.push(box);
      ctx.textAlign = "center"; ctx.textBaseline = "middle"; ctx.lineJoin = "round";
      ctx.lineWidth = size / 3.5; ctx.strokeStyle = theme.bg; ctx.strokeText(text, n.x, y);
      ctx.fillStyle = theme.ink; ctx.fillText(text, n.x, y);
    }
  }
  graph.onRenderFramePre((ctx, scale) => { scaleNow = scale; }).onRenderFramePost(drawLabels)
    .onNodeHover((n) => { state.hover = n ? n.id : null; repaint(); });
  function drawLinkLabel(labelled, l, ctx, scale) {
    if (l !== state.chosenLink && ((!state.few && scale < 1.4) || l.s === l.t)) return;
    const a = nodes[l.s], b = nodes[l.t];
    const dx = b.x - a.x, dy = b.y - a.y, length = Math.hypot(dx, dy);
    const size = 10.5 / scale;
    ctx.font = `${size}px system-ui, sans-serif`;
    const width = ctx.measureText(l.p).width;
    if (width > length * 0.9 && l !== state.chosenLink) return;
    const x = (a.x + b.x) / 2 + (dy * l.curve) / 2, y = (a.y + b.y) / 2 - (dx * l.curve) / 2;
    let angle = Math.atan2(dy, dx);
    // A slanted label is a row of small boxes, for one around it all would keep others away from empty corners.
    const parts = Math.max(1, Math.round(width / size)), boxes = [];
    for (let i = 0; i < parts; i++) {
      const along = ((i + 0.5) / parts - 0.5) * width, cx = x + along * Math.cos(angle), cy = y + along * Math.sin(angle);
      boxes.push([cx - size / 2, cy - size / 2, cx + size / 2, cy + size / 2]);
    }
    if (l !== state.chosenLink && boxes.some((box) => overlaps(labelled, box))) return;
    labelled.push(...boxes);
    if (angle > Math.PI / 2 || angle < -Math.PI / 2) angle += Math.PI;
    ctx.save(); ctx.translate(x, y); ctx.rotate(angle); ctx.textAlign = "center"; ctx.textBaseline = "middle";
    ctx.lineWidth = 3 / scale; ctx.strokeStyle = theme.bg; ctx.strokeText(l.p, 0, 0);
    ctx.fillStyle = theme.dim; ctx.fillText(l.p, 0, 0); ctx.restore();
  }
  const repaint = () => graph.linkWidth(graph.linkWidth());
  function refresh(fit) {
    const seen = visible();
    arrange(seen);
    state.few = state.path !== null || seen.links.length <= 60;
    state.shrink = seen.nodes.length > 100 ? 0.7 : 1;
    graph.graphData(seen);
    stage.dataset.nodes = seen.nodes.length; stage.dataset.links = seen.links.length;
    $("count").textContent = `${count(seen.nodes.length, "node", "nodes")}, ${count(seen.links.length, "link", "links")} shown of ${nodes.length.toLocaleString("en")} and ${links.length.toLocaleString("en")}`;
    if (fit) fitView();
  }
  const fitView = () => setTimeout(() => graph.zoomToFit(0, Math.min(60, stage.clientWidth / 10)), 30);
  const resize = () => graph.width(stage.clientWidth).height(stage.clientHeight);
  new ResizeObserver(resize).observe(stage);
  dark.addEventListener("change", () => { readTheme(); repaint(); });

  // ---- panels
  const panel = $("panel");
  const fill = (...children) => { panel.replaceChildren(...children.filter(Boolean)); panel.scrollTop = 0; };
  const count = (n, one, many) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
  function showIntro() {
    const part = data.start.length < nodes.length;
    const stated = links.filter((l) => l.claims.some((i) => FACT.has(data.claims[i].status))).length;
    fill(
      make("h2", { textContent: "What the articles say" }),
      make("p", { className: "dim", textContent: `${count(data.counts.articles, "article", "articles")}, ${count(data.counts.entities, "entity", "entities")}, ${count(data.counts.claims, "claim", "claims")}, ${count(data.counts.facts, "fact", "facts")}.` }),
      make("p", { className: "note", textContent: `In this file: the ${count(nodes.length, "entity", "entities")} that a claim links or describes, and ${count(links.length, "relation", "relations")} between two of them, of which ${count(stated, "is", "are")} stated as fact. Other facts give a value, such as an age, and stand with their entity.` }),
      part && make("p", { className: "note", textContent: `Shown at first: the ${data.start.length} best-connected entities. Search reaches all others.` }),
      data.total > nodes.length && make("p", { className: "note", textContent: `This file holds the ${nodes.length.toLocaleString("en")} best-connected of ${data.total.toLocaleString("en")} entities.` }),
      make("p", { textContent: "Click a node to see who or what it is; click a line to read the sentences behind it. Double-click a node for its neighbourhood alone. Solid lines are what articles state as fact; hedged and denied claims can be switched on under Filters and are dashed." }),
      make("h3", { textContent: "Most connected" }),
      make("ul", {}, ...[...nodes].sort((a, b) => b.degree - a.degree || a.id - b.id).slice(0, 12).map((n) => make("li", {}, nodeButton(n)))),
    );
  }
  function nodeButton(n, text) {
    const button = make("button", { type: "button", className: "row", textContent: text || `${n.name} · ${n.type}` });
    button.addEventListener("click", () => reveal(n.id));
    return button;
  }
  function showNode(id) {
    const n = nodes[id];
    state.chosen = id; state.chosenLink = null;
    const tools = make("p", { className: "tools" });
    for (const [text, act] of [["Neighbourhood", () => focusOn(id)], ["Path from here", () => { state.pathFrom = id; status(`Now click or search the other end of the path from ${n.name}.`); repaint(); }]]) {
      const b = make("button", { type: "button", textContent: text });
      b.addEventListener("click", act);
      tools.append(b);
    }
    const rows = near[id].filter((l) => claimsOf(l).length).sort((a, b) => (a.p < b.p ? -1 : a.p > b.p ? 1 : a.id - b.id));
    fill(
      make("h2", { textContent: n.name }), make("p", {}, make("span", { className: "chip", textContent: n.type })),
      n.aliases.length ? make("p", { className: "dim", textContent: "also: " + n.aliases.join(", ") }) : null,
      n.iri ? make("p", { className: "dim iri" }, pages ? outward(pages + encodeURIComponent(n.iri), "Its page", "_top") : n.iri) : null,
      n.ids.length ? make("p", { className: "dim" }, "elsewhere: ", ...n.ids.filter(isWeb).flatMap((url, i) => [i ? ", " : "", outward(url, url)])) : null, tools, make("p", { id: "hint", role: "status" }),
      ...about("Offices over time", id, [...n.facts.filter((f) => f.office), ...rows.filter((l) => l.office && l.s === id)]),
      ...about("About", id, n.facts.filter((f) => !f.office)),
      rows.length ? make("h3", { textContent: "Relations" }) : null,
      make("ul", {}, ...rows.map((l) => {
        const kind = kindOf(best(l).status);
        const left = claimsOf(l), articles = new Set(left.map((c) => c.article)).size, sources = sourcesOf(left);
        const when = [...new Set(left.map((c) => c.time).filter(Boolean))].sort().slice(0, 3).join(", ");
        const b = make("button", { type: "button", className: "row" }, `${nodes[l.s].name} `, make("span", { className: "dim", textContent: l.p }), ` ${nodes[l.t].name} `,
          make("small", { className: kind === "fact" ? "dim" : kind, textContent: [kind === "fact" ? "" : best(l).status, when, count(articles, "article", "articles"), sources < articles && count(sources, "source", "sources")].filter(Boolean).join(" · ") }));
        b.addEventListener("click", () => showLink(l));
        return make("li", {}, b);
      })),
    );
    repaint();
  }
  // What is said of a node itself, in order of time.
  function about(heading, id, items) {
    const left = items.filter((f) => claimsOf(f).length).sort((a, b) => (since(a) < since(b) ? -1 : since(a) > since(b) ? 1 : 0));
    if (!left.length) return [];
    const rows = left.map((f) => {
      const value = f.value ?? nodes[f.t].name, kind = kindOf(best(f).status);
      const when = [...new Set(claimsOf(f).map((c) => c.time).filter((time) => time && time !== value))].sort().join(", ");
      const b = make("button", { type: "button", className: "row" }, make("span", { className: "dim", textContent: f.p }), ` ${value}${when ? ` (${when})` : ""}`);
      if (kind !== "fact") b.append(make("small", { className: kind, textContent: best(f).status }));
      b.addEventListener("click", () => showEvidence(`${nodes[id].name} — ${f.p} — ${value}`, f, () => showNode(id)));
      return make("li", {}, b);
    });
    return [make("h3", { textContent: heading }), make("ul", {}, ...rows)];
  }
  const since = (fact) => claimsOf(fact).map((c) => c.since).filter(Boolean).sort()[0] || "";
  const status = (text) => { const hint = $("hint"); if (hint) hint.textContent = text; };
  function showLink(l) {
    state.chosenLink = links[l.id];
    showEvidence(`${nodes[l.s].name} — ${l.p} — ${nodes[l.t].name}`, links[l.id], null, [l.s, l.t]);
    repaint();
  }
  function showEvidence(title, item, back, ends = []) {
    const shown = claimsOf(item);
    fill(
      back && (() => { const b = make("button", { type: "button", textContent: "← back" }); b.addEventListener("click", back); return b; })(),
      make("h2", { textContent: title }),
      make("p", { className: "dim", textContent: `${count(shown.length, "sentence", "sentences")} in ${count(new Set(shown.map((c) => c.article)).size, "article", "articles")}` }),
      ...shown.map(claimCard),
      ends.length ? make("h3", { textContent: "Both ends" }) : null,
      make("ul", {}, ...ends.map((i) => make("li", {}, nodeButton(nodes[i])))),
    );
  }
  // A server that shows this page says where the pages of its entities are.
  const pages = document.documentElement.dataset.pages || "";
  const outward = (href, textContent, target = "_blank") => make("a", { href, textContent, target, rel: "noopener noreferrer" });
  const isWeb = (url) => { try { return ["http:", "https:"].includes(new URL(url).protocol); } catch { return false; } };
  function claimCard(c) {
    if (!c.sentence) return make("p", { className: "dim", textContent: "No article says it in these words: it follows from what others say, or is made by a query." });
    const article = data.articles[c.article] || { title: "?", date: "", url: "" };
    const text = make("p", {}, c.sentence.slice(0, c.from), make("mark", { textContent: c.sentence.slice(c.from, c.to) }), c.sentence.slice(c.to));
    const meta = make("p", { className: "meta" });
    const title = isWeb(article.url) ? outward(article.url, article.title) : make("span", { textContent: article.title });
    meta.append(make("b", { textContent: c.status }), c.by ? ` · says ${c.by}` : ["reported", "alleged"].includes(c.status) ? " · no source is named" : " · says the article itself", c.time ? ` · ${c.time}` : "", " · ", title, article.date ? ` · ${article.date}` : "", ` · rule ${c.rule} · confidence ${c.confidence}`);
    return make("div", { className: `claim ${kindOf(c.status)}` }, text, meta);
  }

  // ---- moving about
  function reveal(id) {
    if (state.pathFrom !== null && state.pathFrom !== id) return showPath(state.pathFrom, id);
    if (!visible().nodes.some((n) => n.id === id)) focusOn(id);
    else graph.centerAt(nodes[id].x, nodes[id].y, 300);
    showNode(id);
  }
  function focusOn(id) { state.focus = id; state.path = null; state.pathFrom = null; refresh(true); showNode(id); }
  function overview() { state.focus = null; state.path = null; state.pathFrom = null; state.chosen = null; state.chosenLink = null; refresh(true); showIntro(); }
  function showPath(from, to) {
    const previous = new Map([[from, null]]), queue = [from];
    while (queue.length && !previous.has(to)) {
      const here = queue.shift();
      for (const l of near[here]) {
        const other = l.s === here ? l.t : l.s;
        if (!previous.has(other) && linkPasses(l)) { previous.set(other, [here, l.id]); queue.push(other); }
      }
    }
    state.pathFrom = null;
    if (!previous.has(to)) { showNode(from); status(`No path from ${nodes[from].name} to ${nodes[to].name} with the present filters.`); return; }
    const path = { nodes: [to], links: new Set() };
    for (let step = previous.get(to); step; step = previous.get(step[0])) { path.nodes.push(step[0]); path.links.add(step[1]); }
    state.path = path; state.focus = null;
    refresh(true);
    const order = path.nodes.slice().reverse();
    fill(make("h2", { textContent: `Path of ${count(order.length - 1, "step", "steps")}` }), make("ul", {}, ...order.map((i) => make("li", {}, nodeButton(nodes[i])))));
  }

  // ---- search
  const q = $("q"), hits = $("hits");
  const plain = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const index = nodes.map((n) => [n, [n.name, ...n.aliases].map(plain)]);
  let selected = -1, found = [];
  function search() {
    const wanted = plain(q.value.trim());
    found = !wanted ? [] : index.map(([n, words]) => [n, Math.min(...words.map((w) => (w === wanted ? 0 : w.startsWith(wanted) ? 1 : w.includes(" " + wanted) ? 2 : w.includes(wanted) ? 3 : 9)))])
      .filter(([, rank]) => rank < 9).sort((a, b) => a[1] - b[1] || b[0].degree - a[0].degree || a[0].id - b[0].id).slice(0, 12).map(([n]) => n);
    selected = found.length ? 0 : -1;
    showHits();
  }
  function showHits() {
    const items = found.map((n, i) => {
      const li = make("li", { id: `hit${i}` }, make("span", { textContent: n.name }), make("small", { textContent: n.type }));
      li.setAttribute("role", "option"); li.setAttribute("aria-selected", String(i === selected));
      li.addEventListener("mousedown", (event) => { event.preventDefault(); choose(i); });
      return li;
    });
    if (q.value.trim() && !items.length) items.push(make("li", { textContent: "nothing of that name" }));
    hits.replaceChildren(...items);
    hits.hidden = !q.value.trim();
    q.setAttribute("aria-expanded", String(!hits.hidden));
    if (selected >= 0) q.setAttribute("aria-activedescendant", `hit${selected}`); else q.removeAttribute("aria-activedescendant");
  }
  function choose(i) { const n = found[i]; if (!n) return; q.value = n.name; hits.hidden = true; q.setAttribute("aria-expanded", "false"); if (state.pathFrom !== null) reveal(n.id); else focusOn(n.id); }
  q.addEventListener("input", search);
  q.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); if (found.length) selected = (selected + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length; showHits(); }
    else if (event.key === "Enter") choose(selected);
    else if (event.key === "Escape") { hits.hidden = true; q.setAttribute("aria-expanded", "false"); }
  });
  q.addEventListener("blur", () => { hits.hidden = true; });
  document.addEventListener("keydown", (event) => { if (event.key === "/" && document.activeElement !== q) { event.preventDefault(); q.focus(); } });
  stage.addEventListener("keydown", (event) => {
    const by = 60 / graph.zoom(), at = graph.centerAt();
    const steps = { ArrowLeft: [-by, 0], ArrowRight: [by, 0], ArrowUp: [0, -by], ArrowDown: [0, by] };
    if (steps[event.key]) { event.preventDefault(); graph.centerAt(at.x + steps[event.key][0], at.y + steps[event.key][1]); }
    else if (event.key === "+" || event.key === "=") graph.zoom(graph.zoom() * 1.3);
    else if (event.key === "-") graph.zoom(graph.zoom() / 1.3);
    else if (event.key === "Escape") overview();
  });
  $("filterbox").addEventListener("keydown", (event) => { if (event.key === "Escape") { $("filters").click(); $("filters").focus(); } });

  // ---- filters and legend
  const box = $("filterbox");
  const change = () => { refresh(false); if (state.chosen !== null) showNode(state.chosen); };
  for (const [kind, text] of [["fact", "Stated as fact"], ["hedged", "Reported, planned, possible, alleged"], ["denied", "Denied or negated"]]) {
    const input = make("input", { type: "checkbox", checked: state.kinds[kind], id: `kind-${kind}` });
    input.addEventListener("change", () => { state.kinds[kind] = input.checked; change(); });
    box.append(make("label", { className: "check" }, input, text));
  }
  const inferred = make("input", { type: "checkbox", checked: true, id: "inferred" });
  inferred.addEventListener("change", () => { state.inferred = inferred.checked; change(); });
  box.append(make("label", { className: "check" }, inferred, "What rules infer"));
  const chooser = (id, label, options, act) => {
    const select = make("select", { id });
    for (const [value, text] of options) select.append(make("option", { value, textContent: text }));
    select.addEventListener("change", () => { act(select.value); change(); });
    box.append(make("label", { htmlFor: id, textContent: label }), select);
  };
  chooser("property", "Relation", [["", "all"], ...[...new Set(links.map((l) => l.p))].sort().map((p) => [p, p])], (v) => { state.property = v; });
  chooser("class", "Class", [["", "all"], ...[...new Set(nodes.map((n) => n.type))].sort().map((c) => [c, c])], (v) => { state.cls = v; });
  chooser("status", "Status", [["", "all that are ticked above"], ...[...new Set(data.claims.map((c) => c.status))].sort().map((c) => [c, c])], (v) => { state.status = v; });
  chooser("article", "Article", [["", "all"], ...data.articles.map((a, i) => [String(i), short(a.title, 60)])], (v) => { state.article = v; });
  chooser("sources", "At least this many independent sources", ["1", "2", "3", "5"].map((n) => [n, n]), (v) => { state.sources = +v; });
  chooser("size", "Size of a node", [["degree", "its relations"], ["sources", "its independent sources"]], sizeBy);
  if (data.days.length > 1) {
    const told = make("output", { id: "range" });
    const tell = () => { told.textContent = `${data.days[state.from]} to ${data.days[state.to]}`; };
    for (const [id, label] of [["from", "From"], ["to", "Until"]]) {
      const range = make("input", { type: "range", id: `time-${id}`, min: 0, max: data.days.length - 1, value: state[id] });
      range.addEventListener("input", () => { state[id] = +range.value; if (state.from > state.to) state[id === "from" ? "to" : "from"] = +range.value; tell(); change(); });
      box.append(make("label", { htmlFor: range.id, textContent: label }), range);
    }
    tell(); box.append(told);
  }
  $("filters").addEventListener("click", () => { box.hidden = !box.hidden; $("filters").setAttribute("aria-expanded", String(!box.hidden)); });
  for (const { name: cls } of data.groups) {
    const dot = make("i"); dot.style.background = color.get(cls);
    const b = make("button", { type: "button" }, dot, cls, make("small", { className: "dim", textContent: nodes.filter((n) => n.group === cls).length.toLocaleString("en") }));
    b.setAttribute("aria-pressed", "true");
    b.addEventListener("click", () => { if (state.hidden.delete(cls)) b.setAttribute("aria-pressed", "true"); else { state.hidden.add(cls); b.setAttribute("aria-pressed", "false"); } change(); });
    $("legend").append(b);
  }

  // ---- tools
  const save = (blob, name) => { const a = make("a", { href: URL.createObjectURL(blob), download: name }); a.click(); setTimeout(() => URL.revokeObjectURL(a.href), 1000); };
  $("all").addEventListener("click", overview);
  $("fit").addEventListener("click", fitView);
  $("move").addEventListener("click", () => {
    const on = $("move").getAttribute("aria-pressed") !== "true";
    $("move").setAttribute("aria-pressed", String(on));
    for (const n of nodes) { n.fx = on ? undefined : n.x; n.fy = on ? undefined : n.y; }
    graph.cooldownTicks(on ? 200 : 0); if (on) graph.d3ReheatSimulation();
  });
  $("png").addEventListener("click", () => {
    const drawn = stage.querySelector("canvas"), page = make("canvas", { width: drawn.width, height: drawn.height }), ctx = page.getContext("2d");
    ctx.fillStyle = theme.bg; ctx.fillRect(0, 0, page.width, page.height); ctx.drawImage(drawn, 0, 0);
    page.toBlob((blob) => save(blob, "graph.png"));
  });
  $("svg").addEventListener("click", () => save(new Blob([svg()], { type: "image/svg+xml" }), "graph.svg"));
  // The view as shapes, in the colours of paper.
  function drawing() {
    const seen = visible(), NS = "http://www.w3.org/2000/svg", colours = { fact: "#7c8594", hedged: "#a45a00", denied: "#b3261e" };
    const put = (parent, tag, attrs, text) => { const el = document.createElementNS(NS, tag); for (const k in attrs) el.setAttribute(k, attrs[k]); if (text) el.textContent = text; parent.append(el); return el; };
    const xs = seen.nodes.map((n) => n.x), ys = seen.nodes.map((n) => n.y);
    const size = Math.max(5, (Math.max(...xs, 0) - Math.min(...xs, 0)) / 100);
    const [x0, y0] = [Math.min(...xs, 0) - size * 9, Math.min(...ys, 0) - size * 3], [x1, y1] = [Math.max(...xs, 0) + size * 9, Math.max(...ys, 0) + size * 4];
    const root = document.createElementNS(NS, "svg");
    root.setAttribute("viewBox", `${x0} ${y0} ${x1 - x0} ${y1 - y0}`);
    for (const l of seen.links) {
      const a = nodes[l.s], b = nodes[l.t], kind = kindOf(best(l).status), dx = b.x - a.x, dy = b.y - a.y;
      const mid = [(a.x + b.x) / 2 + dy * l.curve, (a.y + b.y) / 2 - dx * l.curve];
      put(root, "path", { d: `M${a.x} ${a.y} Q${mid} ${b.x} ${b.y}`, fill: "none", stroke: colours[kind], "stroke-width": size / 8, "stroke-dasharray": kind === "fact" ? "none" : `${size} ${size * 0.7}` });
      if (state.few && l.s !== l.t) put(root, "text", { x: (a.x + b.x) / 2 + (dy * l.curve) / 2, y: (a.y + b.y) / 2 - (dx * l.curve) / 2, "font-size": size * 0.8, "text-anchor": "middle", "font-family": "sans-serif", fill: "#5c6675" }, l.p);
    }
    const labelled = [];
    for (const n of seen.nodes) {
      const r = Math.max(n.r * 0.6, size * 0.45), half = short(n.name, 34).length * size * 0.28, y = n.y + r + size;
      put(root, "circle", { cx: n.x, cy: n.y, r, fill: color.get(n.group) || "#888" });
      const box = [n.x - half, y - size, n.x + half, y + size * 0.3];
      if (overlaps(labelled, box)) continue;
      labelled.push(box);
      put(root, "text", { x: n.x, y, "font-size": size, "text-anchor": "middle", "font-family": "sans-serif", fill: "#1d2430" }, short(n.name, 34));
    }
    return root;
  }
  const svg = () => new XMLSerializer().serializeToString(drawing());
  // Paper shows shapes, for a canvas keeps the size of the screen.
  addEventListener("beforeprint", () => $("paper").replaceChildren(drawing()));
  addEventListener("afterprint", () => $("paper").replaceChildren());

  // For scripts and tests: where a node, or the middle of a link, is on the screen.
  window.kgScreen = (s, t = s) => { const at = graph.graph2ScreenCoords((nodes[s].x + nodes[t].x) / 2, (nodes[s].y + nodes[t].y) / 2), box = stage.getBoundingClientRect(); return [box.left + at.x, box.top + at.y]; };
  resize(); refresh(true); showIntro();
  // "graph.html#IRI" opens on what is around that entity.
  const asked = nodes.find((n) => n.iri === decodeURIComponent(location.hash.slice(1).replace(/%(?![0-9A-Fa-f]{2})/g, "%25")));
  if (asked && asked.iri) focusOn(asked.id);
  document.documentElement.dataset.ready = "true";
}
})();
