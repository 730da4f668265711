(function () {
  "use strict";
  const byId = (id) => document.getElementById(id);
  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const draft = JSON.parse(byId("draft").textContent);
  const entries = draft.decisions;
  if (!entries.length) return;
  document.documentElement.classList.add("js");

  // One item an edit: its entry in the decisions file, its row in the list, its marks in the text.
  const items = entries.map((entry, index) => ({
    entry, index, row: byId("r" + entry.id), marks: [byId("e" + entry.id)],
    proposal: entry.replacement, group: byId("r" + entry.id).dataset.group, hay: "", shown: true,
  }));
  const groups = new Map();
  for (const item of items) groups.set(item.group, (groups.get(item.group) || []).concat(item));
  const clashes = clashesOf(items);
  const filters = {};
  let current = null;
  let group = "";
  let words = "";

  // ---- decisions -------------------------------------------------------------------------------

  function clashesOf(list) {
    const found = new Map();
    const order = list.slice().sort((a, b) => a.entry.start - b.entry.start || a.entry.end - b.entry.end);
    let open = [];
    for (const item of order) {
      open = open.filter((other) => other.entry.end > item.entry.start);
      for (const other of open) {
        found.set(item, (found.get(item) || []).concat(other));
        found.set(other, (found.get(other) || []).concat(item));
      }
      open.push(item);
    }
    return found;
  }

  function decide(item, decision) {
    const entry = item.entry;
    entry.reviewed = decision !== "";
    entry.decision = decision || (entry.status === "applied" ? "accept" : "reject");
    if (!decision) entry.replacement = item.proposal;
    if (entry.decision === "accept") {
      for (const other of clashes.get(item) || []) {
        if (other.entry.decision === "accept") {
          other.entry.decision = "reject";
          other.entry.reviewed = true;
          paint(other);
        }
      }
    }
    paint(item);
  }

  function decideAll(list, decision) {
    for (const item of list) decide(item, decision);
    settle();
    say(list.length + " 处已" + (decision === "accept" ? "采纳" : "拒绝"));
  }

  function paint(item) {
    const { reviewed, decision } = item.entry;
    for (const node of item.marks.concat(item.row)) {
      node.classList.toggle("yes", reviewed && decision === "accept");
      node.classList.toggle("no", decision === "reject" && (reviewed || item.entry.status === "applied"));
    }
    for (const button of all("[data-do]", item.row)) {
      button.setAttribute("aria-pressed", String(reviewed && button.dataset.do === decision));
    }
    if (item.word === undefined && item.entry.replacement === item.proposal) return;
    item.word = item.entry.replacement;
    for (const node of item.marks.concat(item.row.querySelector(".in"))) {
      const inserted = node.querySelector("ins");
      if (inserted) inserted.textContent = visible(item.word);
    }
  }

  function visible(text) {
    const hidden = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;
    return text.replace(hidden, (c) => "⟨U+" + c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0") + "⟩");
  }

  function settle() {
    byId("seen").textContent = entries.filter((entry) => entry.reviewed).length;
    if (current) showCard(current);
    save();
  }

  const key = "zhengben:" + draft.document.text_sha256 + ":" + fingerprint();

  function fingerprint() {
    let sum = 5381;
    for (const entry of entries) {
      for (const c of entry.start + entry.original + ">" + entry.replacement) sum = (sum * 33 + c.codePointAt(0)) >>> 0;
    }
    return sum.toString(36);
  }

  function save() {
    const state = items.filter((item) => item.entry.reviewed).map((item) => [item.index, item.entry.decision, item.entry.replacement]);
    try { localStorage.setItem(key, JSON.stringify(state)); } catch (error) { /* private mode: nothing is kept */ }
  }

  function restore() {
    let state = [];
    try { state = JSON.parse(localStorage.getItem(key) || "[]"); } catch (error) { return; }
    for (const [index, decision, replacement] of state) {
      if (!items[index]) continue;
      items[index].entry.replacement = replacement;
      decide(items[index], decision);
    }
  }

  function exportDecisions() {
    const blob = new Blob([JSON.stringify(draft, null, 1) + "\n"], { type: "application/json" });
    const link = document.createElement("a");
    const base = draft.document.name.split(/[\\/]/).pop() || "文稿";
    link.href = URL.createObjectURL(blob);
    link.download = base + ".decisions.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    say("裁决已导出");
  }

  // ---- one edit --------------------------------------------------------------------------------

  function element(tag, className, text) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  }

  function button(label, pressed, act) {
    const node = element("button", "", label);
    node.type = "button";
    if (pressed !== null) node.setAttribute("aria-pressed", String(pressed));
    node.addEventListener("click", act);
    return node;
  }

  function showCard(item) {
    const card = byId("card");
    const parts = [placeLine(item), pairLine(item)];
    for (const selector of [".tags", ".reason"]) parts.push(item.row.querySelector(selector).cloneNode(true));
    parts.push(sureLine(item));
    const via = item.row.querySelector(".via");
    if (via) parts.push(via.cloneNode(true));
    if (item.entry.alternatives.length) parts.push(wordChoice(item));
    parts.push(chooser(item));
    const same = groups.get(item.group);
    if (same.length > 1) parts.push(sameLine(same));
    card.replaceChildren(...parts);
    card.classList.toggle("s", item.entry.status !== "applied");
    openCard(true);
  }

  function openCard(open) {
    byId("card").classList.toggle("open", open);
    document.body.classList.toggle("open", open);
  }

  function placeLine(item) {
    const line = element("p", "at");
    line.append(element("span", "", item.row.querySelector(".at a").textContent));
    line.append(element("span", "", item.entry.id + " / " + items.length));
    return line;
  }

  function pairLine(item) {
    const cell = item.row.querySelector(".in");
    const old = cell.querySelector("del");
    const fresh = cell.querySelector("ins");
    const line = element("p", "pair");
    if (old) line.append(element("del", "", old.textContent));
    if (old && fresh) line.append(element("span", "to", "→"));
    if (!old) line.append(element("i", "gone", "补"));
    line.append(fresh ? element("ins", "", fresh.textContent) : element("i", "gone", "删去"));
    line.classList.toggle("long", line.textContent.length > 24);
    return line;
  }

  function sureLine(item) {
    const line = element("p", "sure");
    const svg = byId("card").ownerDocument.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("class", "meter");
    svg.setAttribute("viewBox", "0 0 100 2");
    svg.setAttribute("preserveAspectRatio", "none");
    for (const [name, width] of [["track", 100], ["fill", item.entry.confidence * 100]]) {
      const bar = document.createElementNS(svg.namespaceURI, "rect");
      bar.setAttribute("class", name);
      bar.setAttribute("width", width);
      bar.setAttribute("height", 2);
      svg.append(bar);
    }
    line.append("把握", svg, item.row.querySelector(".sure").firstChild.textContent);
    return line;
  }

  function wordChoice(item) {
    const line = element("div", "words", "可选");
    for (const word of [...new Set([item.proposal, ...item.entry.alternatives])]) {
      line.append(button(visible(word) || "（删去）", word === item.entry.replacement, () => {
        item.entry.replacement = word;
        decide(item, "accept");
        settle();
      }));
    }
    return line;
  }

  function chooser(item) {
    const line = element("div", "choose");
    for (const [decision, label] of [["accept", "采纳 a"], ["reject", "拒绝 r"]]) {
      const node = button(label, item.entry.reviewed && item.entry.decision === decision, () => {
        decide(item, item.entry.reviewed && item.entry.decision === decision ? "" : decision);
        settle();
      });
      node.dataset.do = decision;
      line.append(node);
    }
    return line;
  }

  function sameLine(same) {
    const line = element("p", "same", "同类 " + same.length + " 处");
    line.append(button("全部采纳", null, () => decideAll(same, "accept")));
    line.append(button("全部拒绝", null, () => decideAll(same, "reject")));
    return line;
  }

  function select(item, options) {
    if (current) for (const node of current.marks.concat(current.row)) node.classList.remove("now");
    if (current) for (const mark of current.marks) mark.tabIndex = -1;
    current = item;
    for (const node of item.marks.concat(item.row)) node.classList.add("now");
    showCard(item);
    const mark = item.marks[0];
    mark.tabIndex = 0;
    if (options && options.move) {
      mark.scrollIntoView({ block: "center" });
      mark.focus({ preventScroll: true });
      const { original, replacement } = item.entry;
      say("第 " + item.entry.id + " 处：" + (original || "空") + " 改为 " + (replacement || "空"));
    }
  }

  function step(direction) {
    let index = current ? current.index + direction : direction > 0 ? 0 : items.length - 1;
    while (items[index] && !items[index].shown) index += direction;
    if (items[index]) select(items[index], { move: true });
    else say(direction > 0 ? "已到最后一处" : "已到第一处");
  }

  function say(text) { byId("said").textContent = text; }

  // ---- filters ---------------------------------------------------------------------------------

  function matches(item) {
    const entry = item.entry;
    for (const name of ["stage", "engine", "rule", "status"]) {
      if (filters[name] !== undefined && filters[name] !== "*" && filters[name] !== entry[name]) return false;
    }
    const state = entry.reviewed ? entry.decision : "none";
    if (filters.decision && filters.decision !== "*" && filters.decision !== state) return false;
    if (group && item.group !== group) return false;
    if (words && !item.hay) item.hay = item.row.textContent.toLowerCase();
    return !words || item.hay.includes(words);
  }

  function filter() {
    let count = 0;
    for (const item of items) {
      item.shown = matches(item);
      count += item.shown ? 1 : 0;
      item.row.hidden = !item.shown;
      for (const mark of item.marks) mark.classList.toggle("off", !item.shown);
    }
    const filtered = count < items.length;
    byId("shown").textContent = filtered ? "筛出 " + count + " 处" : "";
    byId("clear").hidden = !filtered && !group && !words;
    for (const node of all(".groups .pick")) {
      node.setAttribute("aria-pressed", String(group !== "" && node.parentElement.dataset.group === group));
    }
  }

  function clearFilters() {
    for (const node of all("[data-filter]")) node.value = "*";
    for (const name of Object.keys(filters)) delete filters[name];
    byId("find").value = words = group = "";
    filter();
  }

  // ---- original beside cleaned: the second column is a copy, made when it is first asked for ---------

  function toggleSide() {
    const on = document.documentElement.classList.toggle("side");
    byId("side").setAttribute("aria-pressed", String(on));
    if (on && !document.querySelector(".new")) {
      for (const text of all(".b > .t")) {
        const copy = text.cloneNode(true);
        copy.classList.add("new");
        for (const mark of all(".e", copy)) {
          items[Number(mark.id.slice(1)) - 1].marks.push(mark);
          mark.removeAttribute("id");
          mark.tabIndex = -1;
        }
        text.after(copy);
      }
    }
    if (current) current.marks[0].scrollIntoView({ block: "center" });
  }

  // ---- hands -----------------------------------------------------------------------------------

  function itemOf(target) {
    const mark = target.closest(".e");
    return mark ? items[Number(mark.getAttribute("href").slice(2)) - 1] : null;
  }

  document.addEventListener("click", (event) => {
    const item = itemOf(event.target);
    if (item) {
      event.preventDefault();
      select(item, { move: false });
      return;
    }
    const act = event.target.closest("[data-do], [data-all], .pick");
    const row = act && act.closest("tr");
    const listed = act && act.closest("li[data-group]");
    if (row && act.dataset.do) {
      const mine = items[Number(row.id.slice(1)) - 1];
      decide(mine, mine.entry.reviewed && mine.entry.decision === act.dataset.do ? "" : act.dataset.do);
      select(mine);
      settle();
    } else if (listed && act.dataset.all) {
      decideAll(groups.get(listed.dataset.group), act.dataset.all);
    } else if (listed) {
      group = group === listed.dataset.group ? "" : listed.dataset.group;
      filter();
      if (group) select(groups.get(group)[0], { move: true });
    }
  });
  document.addEventListener("focusin", (event) => {
    const item = itemOf(event.target);
    if (item && item !== current) select(item);
  });
  for (const node of all("[data-filter]")) {
    node.addEventListener("change", () => { filters[node.dataset.filter] = node.value; filter(); });
  }
  byId("find").addEventListener("input", (event) => { words = event.target.value.trim().toLowerCase(); filter(); });
  byId("clear").addEventListener("click", clearFilters);
  byId("side").addEventListener("click", toggleSide);
  byId("export").addEventListener("click", exportDecisions);
  byId("help").addEventListener("click", () => byId("keys").showModal());
  byId("close").addEventListener("click", () => byId("keys").close());

  function decideByKey(decision) {
    if (!current) return;
    decide(current, decision);
    settle();
    if (decision) step(1);
  }

  const keys = {
    j: () => step(1), k: () => step(-1),
    a: () => decideByKey("accept"), r: () => decideByKey("reject"), u: () => decideByKey(""),
    A: () => current && decideAll(groups.get(current.group), "accept"),
    R: () => current && decideAll(groups.get(current.group), "reject"),
    s: toggleSide, e: exportDecisions, "?": () => byId("keys").showModal(),
    "/": () => { document.querySelector(".filters").open = true; byId("find").focus(); },
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      openCard(false);
      if (event.target === byId("find")) event.target.blur();
      return;
    }
    const typing = event.target.closest && event.target.closest("input, select, textarea");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || byId("keys").open) return;
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });

  for (const item of items) item.marks[0].tabIndex = -1;
  items[0].marks[0].tabIndex = 0;
  if (window.matchMedia("(max-width: 48rem)").matches) document.querySelector(".filters").open = false;
  restore();
  byId("seen").textContent = entries.filter((entry) => entry.reviewed).length;
})();
