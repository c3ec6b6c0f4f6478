// A cluster's page: compare any two copies, open a paragraph of the matrix, ask who carries words.
"use strict";

(() => {
  const { el, diffTexts, diffWords } = wiretrace;
  const versions = new Map([...document.querySelectorAll(".version[data-version]")].map(section => [
    section.dataset.version,
    {
      number: section.dataset.version,
      sites: section.dataset.sites,
      reference: "reference" in section.dataset,
      paragraphs: [...section.querySelectorAll(".text p")].map(p => p.textContent),
      section,
    },
  ]));
  const reference = [...versions.values()].find(version => version.reference);
  const TAGS = { insert: "ins", delete: "del" };

  const shown = (runs, without) => runs.filter(run => run.op !== without)
    .map(run => TAGS[run.op] ? el(TAGS[run.op], {}, run.text) : run.text);
  const count = text => (text.match(/[\p{L}\p{N}]+/gu) || []).length;
  const counted = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;

  // A link to a text opens what folds it away.
  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    const fold = target && target.closest("details");
    if (fold && !fold.open) { fold.open = true; target.scrollIntoView(); }
  };
  window.addEventListener("hashchange", reveal);
  reveal();

  // --- Compare two copies -----------------------------------------------------------------------
  const part = document.getElementById("comparing");
  if (part) {
    const [left, right] = ["left", "right"].map(id => document.getElementById(id));
    const place = document.getElementById("comparison"), tally = document.getElementById("tally");
    const layout = () => part.querySelector("input[name=layout]:checked").value;

    const label = row => row.moved ? el("span", { class: "fate moved" }, `moved from ¶${row.old + 1}`) : null;
    const inline = rows => rows.map(row =>
      el("p", { dir: "auto", class: row.moved ? "moved" : null }, label(row), row.moved ? " " : null, ...shown(row.runs)));
    const sides = (rows, a, b) => {
      const cell = (row, own, without) => el("td", { dir: "auto" }, own < 0 ? "" : el("p", {}, ...(without === "delete" ? [label(row), row.moved ? " " : null] : []), ...shown(row.runs, without)));
      return [el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Side by side" }, el("table", { class: "sides" },
        el("thead", {}, el("tr", {}, el("th", { scope: "col" }, `Version ${a.number}, ${a.sites}`), el("th", { scope: "col" }, `Version ${b.number}, ${b.sites}`))),
        el("tbody", {}, ...rows.map(row => el("tr", {}, cell(row, row.old, "insert"), cell(row, row.new, "delete"))))))];
    };

    const compare = () => {
      const a = versions.get(left.value), b = versions.get(right.value);
      const rows = diffTexts(a.paragraphs, b.paragraphs);
      const total = op => rows.reduce((sum, row) => sum + row.runs.filter(run => run.op === op).reduce((n, run) => n + count(run.text), 0), 0);
      const moved = rows.filter(row => row.moved).length;
      tally.textContent = left.value === right.value ? "They have the same words."
        : `${counted(total("insert"), "word")} put in, ${counted(total("delete"), "word")} taken out, ${counted(moved, "paragraph")} moved.`;
      place.replaceChildren(...(layout() === "sides" ? sides(rows, a, b) : inline(rows)));
    };

    const other = [...right.options].find(option => option.value !== left.value);
    if (other) other.selected = true;
    part.addEventListener("change", compare);
    document.getElementById("swap").addEventListener("click", () => {
      [left.value, right.value] = [right.value, left.value];
      compare();
    });
    part.querySelector("form").addEventListener("submit", event => event.preventDefault());
    part.hidden = false;
    compare();
  }

  // --- A paragraph of the matrix ----------------------------------------------------------------
  const matrix = document.querySelector(".matrix");
  if (matrix) {
    const close = el("button", { type: "button" }, "Close");
    const body = el("div", { class: "text" });
    const head = el("h3", { id: "one-paragraph" });
    const dialog = el("dialog", { "aria-labelledby": "one-paragraph" }, head, body, close);
    document.body.append(dialog);
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", event => { if (event.target === dialog) dialog.close(); });
    matrix.addEventListener("click", event => {
      const link = event.target.closest("td a");
      if (!link) return;
      event.preventDefault();
      const [, version, number] = link.getAttribute("href").match(/^#v(\d+)p(\d+)$/);
      const found = versions.get(version), row = Number(link.dataset.row);
      const text = found.paragraphs[number - 1];
      const before = row && reference ? reference.paragraphs[row - 1] : text;
      head.textContent = `Paragraph ${number} at ${found.sites}`;
      body.replaceChildren(el("p", { dir: "auto" }, ...shown(diffWords(before, text))));
      if (before === text) body.append(el("p", { class: "unknown" }, row ? "As in the reference copy." : "The reference copy does not have it."));
      dialog.showModal();
    });
  }

  // --- Who carries these words? -----------------------------------------------------------------
  const carriers = document.getElementById("carriers");
  if (carriers) {
    const field = document.getElementById("carried"), answer = document.getElementById("carry");
    const fold = text => (text.normalize("NFKC").toLowerCase().match(/[\p{L}\p{N}\p{M}_]+/gu) || []).join(" ");
    const texts = [...versions.values()].map(version => ({ version, text: ` ${fold(version.paragraphs.join(" "))} ` }));
    const list = found => found.map(one => `${one.version.sites} (v${one.version.number})`).join(", ") || "nobody";
    const ask = () => {
      const wanted = fold(field.value);
      if (!wanted) { answer.textContent = ""; return; }
      const having = texts.filter(one => one.text.includes(` ${wanted} `));
      const lacking = texts.filter(one => !one.text.includes(` ${wanted} `));
      answer.replaceChildren(el("b", {}, "Carried by "), list(having), el("br"), el("b", {}, "Not by "), list(lacking));
    };
    field.addEventListener("input", ask);
    carriers.querySelector("form").addEventListener("submit", event => event.preventDefault());
    carriers.hidden = false;
  }
})();
