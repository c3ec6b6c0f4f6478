// Compare two texts in the page: paragraphs first, moved ones included, then words.
"use strict";

(() => {
  // As crawler/report/paragraphs.py has them, with their reasons.
  const SAME_OF_SHORTER = 0.65, SAME_OF_BOTH = 0.4, LEAST_WORDS = 5;
  // Beyond this many steps two paragraphs are a rewrite, and shown as one taken out and one put in.
  const MOST_STEPS = 600;
  const TOKEN = /[\p{L}\p{N}\p{M}_]+(?:['’\-.,][\p{L}\p{N}\p{M}_]+)*|[^\p{L}\p{N}\p{M}_\s]|\s+/gu;
  const WIDE = /[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]/u;

  const tokens = text => (text.match(TOKEN) || []).flatMap(one => WIDE.test(one) ? [...one] : [one]);
  const words = text => text.toLowerCase().match(/[\p{L}\p{N}\p{M}_]+/gu) || [];

  const read = text => {
    const found = words(text);
    return { text, key: found.join(" "), words: new Set(found) };
  };

  const alike = (a, b) => {
    const shorter = Math.min(a.size, b.size);
    if (shorter < LEAST_WORDS) return 0;
    let shared = 0;
    a.forEach(word => { if (b.has(word)) shared += 1; });
    const ofBoth = shared / (a.size + b.size - shared);
    return shared >= SAME_OF_SHORTER * shorter || ofBoth >= SAME_OF_BOTH ? ofBoth : 0;
  };

  // Give, for each paragraph of the second text, the place of the first text's that it is, or -1.
  const pairUp = (ours, theirs) => {
    const places = new Map();
    ours.forEach((one, at) => places.set(one.key, [...(places.get(one.key) || []), at]));
    const partner = theirs.map(one => {
      const found = places.get(one.key);
      return found && found.length ? found.shift() : -1;
    });
    const taken = new Set(partner);
    const close = [];
    theirs.forEach((one, at) => {
      if (partner[at] >= 0) return;
      ours.forEach((mine, place) => {
        if (taken.has(place)) return;
        const share = alike(mine.words, one.words);
        if (share) close.push([-share, Math.abs(place - at), place, at]);
      });
    });
    close.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[3] - b[3]);
    close.forEach(([, , place, at]) => {
      if (!taken.has(place) && partner[at] < 0) { partner[at] = place; taken.add(place); }
    });
    return partner;
  };

  // The most places that stand in rising order; all others moved.
  const inOrder = places => {
    const best = places.map(() => 1), before = places.map(() => -1);
    let last = -1;
    places.forEach((place, at) => {
      for (let i = 0; i < at; i += 1) {
        if (places[i] < place && best[i] + 1 > best[at]) { best[at] = best[i] + 1; before[at] = i; }
      }
      if (last < 0 || best[at] > best[last]) last = at;
    });
    const kept = new Set();
    for (let at = last; at >= 0; at = before[at]) kept.add(places[at]);
    return kept;
  };

  // E. W. Myers, An O(ND) Difference Algorithm and Its Variations (1986), on words and blanks.
  const myers = (a, b) => {
    const most = Math.min(a.length + b.length, MOST_STEPS), trace = [];
    let v = new Map([[1, 0]]);
    for (let d = 0; d <= most; d += 1) {
      const next = new Map(v);
      for (let k = -d; k <= d; k += 2) {
        const down = k === -d || (k !== d && v.get(k - 1) < v.get(k + 1));
        let x = down ? v.get(k + 1) : v.get(k - 1) + 1, y = x - k;
        while (x < a.length && y < b.length && a[x] === b[y]) { x += 1; y += 1; }
        next.set(k, x);
        if (x >= a.length && y >= b.length) return walkBack([...trace, v], a, b, d);
      }
      trace.push(v);
      v = next;
    }
    return null;
  };

  const walkBack = (trace, a, b, steps) => {
    const out = [];
    let x = a.length, y = b.length;
    for (let d = steps; d >= 0; d -= 1) {
      const v = trace[d], k = x - y;
      const down = k === -d || (k !== d && v.get(k - 1) < v.get(k + 1));
      const from = d === 0 ? 0 : down ? k + 1 : k - 1;
      const px = d === 0 ? 0 : v.get(from), py = px - from;
      while (x > px && y > py && x > 0 && y > 0 && a[x - 1] === b[y - 1]) {
        x -= 1; y -= 1; out.push(["equal", a[x]]);
      }
      if (d > 0 && down) { y -= 1; out.push(["insert", b[y]]); }
      else if (d > 0) { x -= 1; out.push(["delete", a[x]]); }
    }
    return out.reverse();
  };

  // Join runs; of one change the words taken out come first, and lone blanks do not split it.
  const tidy = steps => {
    const runs = [];
    let change = null;
    const flush = () => {
      if (!change) return;
      if (change.delete.trim() || change.insert.trim()) {
        if (change.delete) runs.push({ op: "delete", text: change.delete });
        if (change.insert) runs.push({ op: "insert", text: change.insert });
      } else if (change.insert) {
        runs.push({ op: "equal", text: change.insert });
      }
      change = null;
    };
    steps.forEach(([op, text], at) => {
      const next = steps[at + 1];
      if (op === "equal" && !(change && !text.trim() && next && next[0] !== "equal")) {
        flush();
        const last = runs[runs.length - 1];
        if (last && last.op === "equal") last.text += text; else runs.push({ op, text });
        return;
      }
      change = change || { delete: "", insert: "" };
      if (op !== "insert") change.delete += text;
      if (op !== "delete") change.insert += text;
    });
    flush();
    return runs;
  };

  wiretrace.diffWords = (a, b) => {
    if (a === b) return a ? [{ op: "equal", text: a }] : [];
    const steps = myers(tokens(a), tokens(b));
    if (steps) return tidy(steps);
    return [{ op: "delete", text: a }, { op: "insert", text: b }].filter(run => run.text);
  };

  // Give the paragraphs of the second text in order, those only the first has between them:
  // {old, new (places or -1), moved, runs}.
  wiretrace.diffTexts = (first, second) => {
    const ours = first.map(read), theirs = second.map(read);
    const partner = pairUp(ours, theirs);
    const kept = inOrder(partner.filter(place => place >= 0));
    const rows = [];
    const gone = ours.map((_, place) => !partner.includes(place));
    let at = 0;
    const cutUntil = end => {
      for (; at < end; at += 1) {
        if (gone[at]) rows.push({ old: at, new: -1, moved: false, runs: [{ op: "delete", text: first[at] }] });
      }
    };
    second.forEach((text, place) => {
      const old = partner[place];
      if (old < 0) {
        rows.push({ old, new: place, moved: false, runs: [{ op: "insert", text }] });
        return;
      }
      const moved = !kept.has(old);
      if (!moved) cutUntil(old);
      rows.push({ old, new: place, moved, runs: wiretrace.diffWords(first[old], text) });
    });
    cutUntil(first.length);
    return rows;
  };
})();
