// The table of all clusters: sort, filter, search. Rows come in pieces when the page opens, the
// words of the texts when somebody searches; until then, and without scripts, the newest stand in
// the page already.
"use strict";

(() => {
  const { el } = wiretrace;
  const table = document.getElementById("clusters");
  if (!table) return;

  // Places in a row, as crawler/report/pages.py writes it.
  const [PAGE, HEADLINE, LANGUAGE, COPIES, SITES, NETWORKS, FIRST, LEAD, AGENCIES, START, END, SPAN,
    SPARK, LANGUAGES, WEAKEST, SHARE, , CANDIDATES, STORIES, NOVELTY] = Array(20).keys();
  const PER_PAGE = 100;
  const NOVELTIES = ["", "new copies", "new"];
  const WIDE = /[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]/;

  const relations = new Map(table.dataset.relations.split(";").filter(Boolean).map(one => one.split(":")));
  const total = Number(table.dataset.total);
  const named = name => (table.dataset[name] || "").split(" ").filter(Boolean);
  const field = id => document.getElementById(id);
  const body = table.tBodies[0], form = field("filters"), found = field("found");
  let order = "latest", upward = false, at = 0, shown = [], wordsAsked = false, wordsThere = false;

  // --- Words ------------------------------------------------------------------------------------
  // As `folded` in crawler/report/facts.py.
  const fold = text => (text.normalize("NFKD").toLowerCase().replaceAll("ß", "ss").replace(/\p{M}/gu, "")
    .match(/[\p{L}\p{N}_]+/gu) || []).join(" ");
  const heads = [];
  const headOf = number => {
    if (heads[number] === undefined) {
      const row = wiretrace.rows[number];
      heads[number] = ` ${fold([row[HEADLINE], ...row[SITES], ...row[AGENCIES].map(one => one[0])].join(" "))} `;
    }
    return heads[number];
  };
  // Phrases stand in quotation marks of any kind; a single word finds what begins with it.
  const termsOf = text => {
    const terms = [];
    const rest = text.replace(/["“”„«»]([^"“”„«»]+)["“”„«»]/g, (_, phrase) => { terms.push(` ${fold(phrase)} `); return " "; });
    fold(rest).split(" ").filter(Boolean).forEach(word => terms.push(WIDE.test(word) ? word : ` ${word}`));
    return terms.filter(term => term.trim());
  };
  const askForWords = () => {
    if (wordsAsked) return;
    wordsAsked = true;
    wiretrace.load(named("words")).then(() => { wordsThere = true; refresh(); });
  };

  // --- Filter and sort --------------------------------------------------------------------------
  const time = iso => {
    if (!iso) return NaN;
    const bare = /T.*(Z|[+-]\d\d:?\d\d)$/.test(iso) || iso.length <= 10 ? iso : `${iso}Z`;
    return Date.parse(bare);
  };
  const KEYS = {
    latest: row => [-time(row[END])],
    new: row => [-row[NOVELTY], -time(row[END])],
    copies: row => [-row[COPIES], -row[SITES].length],
    outlets: row => [-row[NETWORKS], -row[COPIES]],
    first: row => [row[FIRST] ? time(row[FIRST][1]) : NaN],
    lead: row => [row[LEAD] === null ? NaN : -row[LEAD]],
    span: row => [row[SPAN] === null ? NaN : -row[SPAN]],
    weakest: row => [row[SHARE]],
  };
  // What is unknown comes last, whichever way the table is sorted.
  const compare = (a, b) => {
    for (let i = 0; i < a.length; i += 1) {
      if (Number.isNaN(a[i]) || Number.isNaN(b[i])) {
        if (Number.isNaN(a[i]) !== Number.isNaN(b[i])) return Number.isNaN(a[i]) ? 1 : -1;
      } else if (a[i] !== b[i]) return (a[i] - b[i]) * (upward ? -1 : 1);
    }
    return 0;
  };
  const collate = new Intl.Collator(undefined, { sensitivity: "base", numeric: true });
  const sorted = numbers => {
    const rows = wiretrace.rows;
    if (order === "headline") {
      return numbers.sort((a, b) => collate.compare(rows[a][HEADLINE], rows[b][HEADLINE]) * (upward ? -1 : 1) || a - b);
    }
    const keys = new Map(numbers.map(number => [number, KEYS[order](rows[number])]));
    return numbers.sort((a, b) => compare(keys.get(a), keys.get(b)) || a - b);
  };
  const value = id => (field(id) ? field(id).value : "");
  const tests = () => {
    const made = [];
    const terms = termsOf(value("words"));
    if (terms.length) {
      askForWords();
      made.push((row, number) => terms.every(term =>
        headOf(number).includes(term) || (wiretrace.words[number] || "").includes(term)));
    }
    const story = value("story");
    if (story) made.push(row => row[STORIES].includes(Number(story)));
    const outlet = value("outlet").trim().toLowerCase();
    if (outlet) made.push(row => row[SITES].some(site => site.toLowerCase().includes(outlet)));
    const agency = value("agency");
    if (agency) made.push(row => (agency === "-" ? !row[AGENCIES].length : row[AGENCIES].some(one => one[0] === agency)));
    const language = value("language");
    if (language) made.push(row => row[LANGUAGES].includes(language));
    const relation = value("relation");
    if (relation) made.push(row => row[WEAKEST] === relation);
    const since = value("since"), until = value("until");
    // Days are the reader's own.
    if (since) { const from = new Date(`${since}T00:00`); made.push(row => time(row[END]) >= from); }
    if (until) { const to = new Date(`${until}T23:59:59`); made.push(row => time(row[START]) <= to); }
    return made;
  };

  // --- Rows -------------------------------------------------------------------------------------
  const counted = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
  const unknown = text => el("span", { class: "unknown" }, text);
  // As `duration` in crawler/report/moments.py.
  const duration = seconds => {
    if (seconds === null) return unknown("unknown");
    const whole = Math.floor(seconds);
    if (!whole) return "none";
    if (whole < 60) return counted(whole, "second");
    if (whole < 3600) return counted(Math.floor(whole / 60), "minute");
    if (whole < 172800) {
      const minutes = Math.floor(whole % 3600 / 60);
      return `${Math.floor(whole / 3600)} h${minutes ? ` ${minutes} min` : ""}`;
    }
    return counted(Math.floor(whole / 86400), "day");
  };
  const percent = share => (share >= 1 ? "100 %" : share > 0 && share < 0.01 ? "< 1 %" : `${Math.floor(share * 100)} %`);
  const SVG = "http://www.w3.org/2000/svg";
  const svg = (name, attributes, ...children) => {
    const made = document.createElementNS(SVG, name);
    Object.entries(attributes).forEach(([key, given]) => made.setAttribute(key, given));
    made.append(...children);
    return made;
  };
  const spark = bars => (bars ? svg("svg", { class: "spark", viewBox: "0 0 60 18", "aria-hidden": "true" },
    ...[...bars].map((bar, place) => [Number(bar), place]).filter(([bar]) => bar)
      .map(([bar, place]) => svg("rect", { x: place * 5, y: 18 - 2 * bar, width: 4, height: 2 * bar })),
    svg("path", { d: "M0 17.5H60" })) : "");
  const cell = (label, kind, ...children) => el("td", { role: "cell", "data-label": label, class: kind }, ...children);
  const when = iso => {
    const made = el("time", { datetime: iso }, iso.replace("T", " ").slice(0, 16));
    wiretrace.localise(made);
    return made;
  };
  const rowOf = row => el("tr", { role: "row" },
    el("th", { scope: "row", role: "rowheader", class: "story" },
      el("bdi", { lang: row[LANGUAGE] || null }, el("a", { href: row[PAGE] }, row[HEADLINE])),
      row[NOVELTY] ? " " : null, row[NOVELTY] ? el("span", { class: "badge" }, NOVELTIES[row[NOVELTY]]) : null,
      row[LANGUAGES].length ? " " : null, row[LANGUAGES].length ? el("small", { class: "langs" }, row[LANGUAGES].join(", ")) : null),
    cell("Copies", "number", row[COPIES].toLocaleString("en")),
    cell("Outlets", "number", row[SITES].length.toLocaleString("en"),
      row[NETWORKS] !== row[SITES].length ? el("small", {}, counted(row[NETWORKS], "network")) : null),
    cell("First", null, row[FIRST] ? el("div", {}, el("b", { class: "site" }, row[FIRST][0]), " ",
      el("small", {}, row[FIRST][1] ? when(row[FIRST][1]) : ""))
      : row[CANDIDATES].length ? el("div", {}, oneOf(row[CANDIDATES]), " ", el("small", {}, "nothing tells which"))
        : unknown("unknown")),
    cell("Lead", "brief", duration(row[LEAD])),
    cell("Spread", "brief", el("div", {}, spark(row[SPARK]), el("small", {}, duration(row[SPAN])))),
    cell("Credit", null, row[AGENCIES].length ? el("div", {}, row[AGENCIES][0][0], " ",
      el("small", {}, `${row[AGENCIES][0][1]} of ${row[COPIES]}${row[AGENCIES].length > 1 ? `, ${row[AGENCIES].length - 1} more` : ""}`)) : unknown("none")),
    cell("Weakest copy", "brief", el("div", {}, el("span", { class: `relation ${row[WEAKEST]}` }, relations.get(row[WEAKEST])), " ",
      el("small", {}, `${percent(row[SHARE])} shared`))));

  const oneOf = sites => sites.slice(0, 2).join(" or ") + (sites.length > 2 ? ` or ${sites.length - 2} more` : "");

  const draw = () => {
    const pages = Math.max(1, Math.ceil(shown.length / PER_PAGE));
    at = Math.min(at, pages - 1);
    const start = at * PER_PAGE, part = shown.slice(start, start + PER_PAGE);
    body.replaceChildren(...part.map(number => rowOf(wiretrace.rows[number])));
    table.caption.textContent = part.length
      ? `Clusters ${(start + 1).toLocaleString("en")} to ${(start + part.length).toLocaleString("en")} of ${shown.length.toLocaleString("en")}`
      : "No cluster fits. Take a filter away, or clear them all.";
    field("pager").hidden = pages < 2;
    field("at").textContent = `${at + 1} of ${pages}`;
    field("back").disabled = at === 0;
    field("next").disabled = at === pages - 1;
    table.querySelectorAll("th[data-sort]").forEach(head => {
      const sortedBy = head.dataset.sort === order;
      head.setAttribute("aria-sort", sortedBy ? (upward === (order === "first" || order === "weakest" || order === "headline") ? "descending" : "ascending") : "none");
    });
  };
  const refresh = () => {
    const all = tests();
    const numbers = [];
    wiretrace.rows.forEach((row, number) => { if (all.every(test => test(row, number))) numbers.push(number); });
    shown = sorted(numbers);
    const searching = wordsAsked && !wordsThere && value("words").trim();
    found.textContent = all.length
      ? `${counted(shown.length, "cluster")} of ${total.toLocaleString("en")}${searching ? " so far; reading the texts …" : ""}`
      : "";
    draw();
  };
  const anew = () => { at = 0; refresh(); };

  // --- Controls ---------------------------------------------------------------------------------
  const fill = () => {
    const rows = wiretrace.rows;
    const count = pick => {
      const counts = new Map();
      rows.forEach(row => pick(row).forEach(one => counts.set(one, (counts.get(one) || 0) + 1)));
      return [...counts].sort((a, b) => b[1] - a[1] || collate.compare(a[0], b[0]));
    };
    const options = (id, entries, name = one => one) => field(id).append(
      ...entries.map(([one, number]) => el("option", { value: one }, `${name(one)} (${number})`)));
    options("agency", count(row => row[AGENCIES].map(one => one[0])));
    field("agency").append(el("option", { value: "-" }, "none"));
    options("language", count(row => row[LANGUAGES]));
    options("relation", count(row => [row[WEAKEST]]), one => relations.get(one));
    field("outlets").append(...count(row => row[SITES]).slice(0, 500).map(([one]) => el("option", { value: one })));
  };
  const sortBy = name => {
    upward = name === order ? !upward : false;
    order = name;
    field("order").value = name;
    anew();
  };
  table.querySelectorAll("th[data-sort]").forEach(head => {
    const button = el("button", { type: "button", class: "sort" }, head.textContent);
    button.addEventListener("click", () => sortBy(head.dataset.sort));
    head.replaceChildren(button);
  });
  let waiting = 0;
  form.addEventListener("input", event => {
    if (event.target.id === "order") { order = event.target.value; upward = false; }
    clearTimeout(waiting);
    waiting = setTimeout(anew, event.target.id === "words" || event.target.id === "outlet" ? 120 : 0);
  });
  form.addEventListener("submit", event => { event.preventDefault(); anew(); });
  form.addEventListener("reset", () => setTimeout(() => { order = "latest"; upward = false; anew(); }));
  const turn = step => { at += step; draw(); table.scrollIntoView(); };
  field("back").addEventListener("click", () => turn(-1));
  field("next").addEventListener("click", () => turn(1));

  // Single letters work only where the focus is in the table; `/` anywhere, unless turned off.
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.closest("input, select, textarea");
    if (event.key === "/" && !typing && field("single-keys").checked) {
      event.preventDefault();
      field("words").focus();
    } else if (event.key === "Escape" && event.target.id === "words") {
      field("words").value = "";
      anew();
    } else if ((event.key === "ArrowDown" || event.key === "Enter") && event.target.id === "words") {
      event.preventDefault();
      const first = body.querySelector("a");
      if (first) first.focus();
    } else if ((event.key === "j" || event.key === "k") && body.contains(event.target)) {
      const row = event.target.closest("tr");
      const next = event.key === "j" ? row.nextElementSibling : row.previousElementSibling;
      if (next) next.querySelector("a").focus();
    }
  });

  wiretrace.load(named("rows")).then(() => {
    fill();
    form.hidden = false;
    field("keys").hidden = false;
    refresh();
    document.body.dataset.ready = "";
  });
})();
