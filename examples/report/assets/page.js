// What every page does: tell times in the reader's zone, and gather the data that pieces hand over.
// Text reaches the page through textContent alone, never as markup.
"use strict";

window.wiretrace = {
  rows: [],
  words: [],
  heard: [],
  // Called by each piece under data/: `start` is the place of its first entry.
  take(kind, start, entries) {
    const all = this[kind];
    entries.forEach((entry, place) => { all[start + place] = entry; });
    this.heard.forEach(tell => tell(kind));
  },
  // Load scripts one after the other in the page's own folder; resolve when all have run.
  load(names) {
    return Promise.all(names.map(name => new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.async = false;
      script.src = document.body.dataset.root + name;
      script.onload = resolve;
      script.onerror = () => reject(new Error(name));
      document.head.append(script);
    })));
  },
  // Make an element with attributes and children (elements or text).
  el(name, attributes, ...children) {
    const made = document.createElement(name);
    Object.entries(attributes || {}).forEach(([key, value]) => {
      if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value);
    });
    made.append(...children.filter(child => child !== null && child !== undefined));
    return made;
  },
};

(() => {
  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const INSTANT = /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:?\d\d)$/;
  const IN_TEXT = /(\d{1,2}) (\w{3}) (\d{4}), (\d\d):(\d\d) UTC/g;
  const two = number => String(number).padStart(2, "0");

  const told = date => `${date.getDate()} ${MONTHS[date.getMonth()]} ${date.getFullYear()}, `
    + `${two(date.getHours())}:${two(date.getMinutes())}`;
  const utc = date => `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}, `
    + `${two(date.getUTCHours())}:${two(date.getUTCMinutes())} UTC`;

  // Give a <time> the reader's hour; the zone of the source is told on hover and to screen readers.
  wiretrace.localise = time => {
    if (!INSTANT.test(time.dateTime)) return;
    const date = new Date(time.dateTime);
    if (isNaN(date)) return;
    const given = time.dataset.given ? `given as ${time.dataset.given}; ` : "";
    time.title = `${given}${utc(date)}`;
    time.textContent = told(date);
    const zone = time.nextElementSibling;
    if (zone && zone.classList.contains("zone")) {
      const blank = time.nextSibling;
      zone.remove();
      // What comes behind, a comma perhaps, stands where the zone's blank was.
      if (blank.nodeType === Node.TEXT_NODE && !blank.data.trim()) blank.remove();
    }
  };

  // Times inside sentences carry their zone in words.
  const localiseText = node => {
    const parts = [];
    let at = 0;
    for (const found of node.data.matchAll(IN_TEXT)) {
      const [, day, month, year, hour, minute] = found;
      const date = new Date(Date.UTC(+year, MONTHS.indexOf(month), +day, +hour, +minute));
      const time = wiretrace.el("time", { datetime: date.toISOString(), title: utc(date) }, told(date));
      parts.push(node.data.slice(at, found.index), time);
      at = found.index + found[0].length;
    }
    if (parts.length) node.replaceWith(...parts, node.data.slice(at));
  };

  document.querySelectorAll("time").forEach(wiretrace.localise);
  document.querySelectorAll(".told").forEach(element => {
    [...element.childNodes].filter(node => node.nodeType === Node.TEXT_NODE).forEach(localiseText);
  });
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const note = document.getElementById("zone");
  if (note && zone) note.textContent = `Times are told in your zone, ${zone} (UTC and the source’s own on hover)`;
})();
