/* The page at work: languages, themes, and the explorer.
 *
 * No law is written here. Each case brings its decision diagrams (pyliab/diagram.py, `to_json`): a node asks one variable
 * and has a child for each of its values, a number below 0 is a leaf. A state gives some variables a value; what can be
 * reached is what may follow. The state stands in the address, after the #.
 */
"use strict";
(function () {
  const root = document.documentElement;
  const page = JSON.parse(document.getElementById("data").textContent);
  const W = page.words;
  const OPEN = "?";
  const LANGS = [["zh", "zh-Hans"], ["en", "en"]];

  // ---- making elements ------------------------------------------------------------------------------------------------

  function el(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name === "on") made.addEventListener(...value);
      else if (value === true) made.setAttribute(name, "");
      else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
    }
    made.append(...children.flat());
    return made;
  }

  /** The same text in both languages; which one is seen is for the style sheet to say. */
  function both(words) {
    if (words.zh === words.en) return chineseIn(words.zh);
    return LANGS.map(([key, lang]) => el("span", { class: "t", lang }, key === "zh" ? words.zh : chineseIn(words.en)));
  }

  /** A text that says where it is Chinese, for the voice of a screen reader. */
  const chineseIn = (text) => text.split(/([\u3000-\u303f\u3400-\u9fff\uff01-\uffef]+)/)
    .map((part, i) => (i % 2 ? el("span", { lang: "zh-Hans" }, part) : part)).filter(Boolean);

  function joined(list, zh = "；", en = "; ") {
    return { zh: list.map((w) => w.zh).join(zh), en: list.map((w) => w.en).join(en) };
  }

  function filled(words, ...values) {
    const fill = (lang) => words[lang].replace(/\{(\d)\}/g, (_, i) => values[i][lang] ?? values[i]);
    return { zh: fill("zh"), en: fill("en") };
  }

  const plain = (text) => ({ zh: String(text), en: String(text) });

  const named = (words) => ({ "data-label-zh": words.zh, "data-label-en": words.en });

  /** A frame is a stop of the Tab key where it hides some of what it holds, and nothing in it is a stop already. */
  const frames = new WeakMap();
  const fit = new ResizeObserver((seen) => {
    for (const box of new Set(seen.map((one) => frames.get(one.target)))) {
      const over = box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1;
      if (over && !box.querySelector("button, summary")) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  });

  function framed(box, ...inside) {
    if (!frames.has(box)) box.removeAttribute("tabindex");
    for (const one of [box, ...inside]) {
      frames.set(one, box);
      fit.observe(one);
    }
    return box;
  }

  // ---- diagrams -------------------------------------------------------------------------------------------------------

  /** The numbers of the leaves that can be reached in a state, in order. */
  function reach(diagram, state) {
    const seen = new Set([diagram.root]);
    const todo = [diagram.root];
    const found = new Set();
    while (todo.length) {
      const at = todo.pop();
      if (at < 0) {
        if (at < -1) found.add(-2 - at);
        continue;
      }
      const [level, ...children] = diagram.nodes[at];
      const [name, values] = diagram.variables[level];
      const taken = state[name] === undefined ? children : [children[values.indexOf(state[name])]];
      for (const child of taken) {
        if (!seen.has(child)) {
          seen.add(child);
          todo.push(child);
        }
      }
    }
    return [...found].sort((a, b) => a - b);
  }

  /** By mark whether it is certain or possible, where these outcomes can result. */
  function standing(data, numbers) {
    const held = new Map();
    for (const number of numbers) for (const mark of data.outcomes[number]) held.set(mark, (held.get(mark) || 0) + 1);
    return [...held]
      .map(([mark, times]) => ({ mark, certain: times === numbers.length }))
      .sort((a, b) => b.certain - a.certain || a.mark - b.mark);
  }

  /** Everything that follows in a state, as keys to compare and as data to show. */
  function follow(data, state) {
    const numbers = reach(data.diagram, state);
    const money = data.money.map((one) => reach(one.diagram, state));
    const marks = standing(data, numbers);
    // what is certain, what is possible: two ways to the same of both are one outcome
    const key = numbers.length ? marks.map((m) => `${m.mark}${m.certain ? "" : "?"}`).join() : "impossible";
    return { numbers, money, marks, key, moneyKey: money.map((m) => m.join()).join("/") };
  }

  // ---- money ----------------------------------------------------------------------------------------------------------

  const fen = (text) => BigInt(text.replace(".", ""));

  function grouped(text) {
    const [whole, part] = text.split(".");
    const head = whole.replace(/(\d)(?=(\d{3})+$)/g, "$1,");
    return part === "00" ? head : `${head}.${part}`;
  }

  const ends = (value) => (typeof value === "string" ? [value, value] : [value.from, value.to]);

  function widest(values) {
    let [low, high] = ends(values[0]);
    for (const value of values) {
      const [from, to] = ends(value);
      if (fen(from) < fen(low)) low = from;
      if (fen(to) > fen(high)) high = to;
    }
    return low === high ? grouped(low) : `${grouped(low)}–${grouped(high)}`;
  }

  const SUMS = ["owes", "pays", "recovers", "gives_back", "bears"];

  /** Scenarios of several settlements laid over each other: a range where they differ. */
  function scenarios(settled, direct) {
    const found = new Map();
    for (const scenario of settled.flat()) {
      const key = JSON.stringify([scenario.first, scenario.assets]);
      if (!found.has(key)) found.set(key, []);
      found.get(key).push(scenario);
    }
    const over = (same, kind, names) => [...new Set(same.flatMap((s) => s[kind].map((one) => one.id)))].map((id) => {
      const rows = same.flatMap((s) => s[kind].filter((one) => one.id === id));
      return { id, sums: names.map((name) => widest(rows.map((row) => row[name]))) };
    });
    return [...found.values()].map((same) => ({
      first: same[0].first,
      assets: same[0].assets,
      direct,
      unwilling: same.every((s) => s.unwilling),
      creditors: over(same, "creditors", ["recovers", "uncovered"]),
      debtors: over(same, "debtors", SUMS),
    }));
  }

  // ---- the explorer of one case ---------------------------------------------------------------------------------------

  function Explorer(section, data) {
    const self = { data, reading: 0, changed: {} };
    const heading = (words, id) => el(`h${section.dataset.rank}`, { class: "h4", id, tabindex: "-1" }, both(words));
    const variables = new Map(data.variables.map((v) => [v.id, v]));
    const value = (variable, id) => variable.values.find((v) => v.id === id);
    const base = (name) => (data.readings[self.reading] || { positions: {} }).positions[name];
    const now = (name) => (name in self.changed ? self.changed[name] : base(name));

    self.state = function () {
      const state = {};
      for (const name of variables.keys()) {
        const taken = now(name);
        if (taken !== undefined && taken !== OPEN) state[name] = taken;
      }
      return state;
    };

    /** Take a value, or none, for one variable. What the reading has anyway is no change. */
    self.take = function (name, taken) {
      if (taken === (base(name) ?? OPEN)) delete self.changed[name];
      else self.changed[name] = taken;
    };

    self.start = function (reading) {
      self.reading = reading;
      self.changed = {};
    };

    /** Parts of the address; nothing where all is as the page came. */
    self.written = function () {
      const parts = Object.entries(self.changed).map(([name, taken]) => [`${data.case}.${name}`, taken]);
      if (self.reading || parts.length) parts.unshift([`${data.case}.r`, data.readings[self.reading].id]);
      return parts;
    };

    self.read = function (entries) {
      self.start(0);
      for (const [name, taken] of entries) {
        if (name === "r") self.reading = Math.max(0, data.readings.findIndex((r) => r.id === taken));
      }
      for (const [name, taken] of entries) {
        const variable = variables.get(name);
        if (variable && (taken === OPEN || value(variable, taken))) self.take(name, taken);
      }
    };

    // -- what is said

    const says = (name, taken) =>
      taken === OPEN || taken === undefined ? W.open : (value(variables.get(name), taken) || { says: plain(taken) }).says;

    function chosen(name, taken) {
      const variable = variables.get(name);
      if (!variable) return plain(`${name}=${taken}`);
      return { zh: `${variable.title.zh}：${says(name, taken).zh}`, en: `${variable.title.en}: ${says(name, taken).en}` };
    }

    const set = (choices) => {
      const parts = Object.entries(choices).map(([name, taken]) => chosen(name, taken));
      return parts.length ? joined(parts) : W.always;
    };

    const holds = (choices, state) => Object.entries(choices).every(([name, taken]) => state[name] === taken);

    function outcome(found) {
      if (!found.numbers.length) return [W.impossible];
      if (!found.marks.length) return [W.nobody];
      if (found.marks.length > 4) return [filled(W.many, found.numbers.length)];
      return found.marks.map((m) => filled(m.certain ? W.is_certain : W.is_possible, data.marks[m.mark].says));
    }

    // -- what is seen: made once, then kept up to date

    const outcomeBox = el("div", { class: "outcome", role: "status", "aria-live": "polite", "aria-atomic": "true" });
    const rest = el("div", { class: "rest" });
    const starts = el("div", { class: "starts", role: "group", ...named(W.start) });
    const fields = el("div", {});

    data.readings.forEach((reading, i) => {
      const press = () => { self.start(i); changed(self); };
      starts.append(el("button", { type: "button", "data-reading": reading.id, on: ["click", press] }, both(reading.title)));
    });

    for (const variable of data.variables) fields.append(field(variable));

    function field(variable) {
      const name = `${data.case}.${variable.id}`;
      const options = [...variable.values, { id: OPEN, says: variable.kind === "fact" ? W.in_dispute : W.open }];
      const listen = (event) => { self.take(variable.id, event.target.value); changed(self); };
      const asks = variable.kind === "issue" ? `${name}.question` : null;
      return el("fieldset", { "data-variable": variable.id, "aria-describedby": asks, on: ["change", listen] },
        el("legend", {}, el("span", { class: "name" }, both(variable.title)), " ",
          el("span", { class: "standings" }, el("span", { class: "standing how" }), el("span", { class: "standing now" }))),
        asks ? el("p", { class: "small", id: asks }, both(variable.question)) : "",
        el("div", { class: "options" }, options.map((option) => el("label", {},
          el("input", { type: "radio", name, value: option.id, autocomplete: "off" }), el("span", {}, both(option.says))))),
        el("p", { class: "more", id: `${name}.more` }));
    }

    const idle = data.idle.length
      ? el("details", { class: "small" }, el("summary", {}, both(filled(W.idle_here, data.idle.length))),
        el("p", {}, both(joined(data.idle))))
      : "";
    section.append(el("div", { class: "grid" },
      el("div", { class: "choose" }, el("p", { class: "small" }, both(W.start)), starts, fields, idle),
      framed(el("div", { class: "result", role: "group", ...named(W.result) }, outcomeBox, rest), outcomeBox, rest)));
    const ways = section.querySelector(".ways");
    if (ways) section.append(ways);

    self.show = function () {
      const state = self.state();
      const found = follow(data, state);
      const flips = singleFlips(state, found);
      showFields(flips);
      showOutcome(found);
      const why = found.marks.length ? found.marks.flatMap((m) => reasons(m, state)) : nobody(found, state);
      const unfolded = [...rest.querySelectorAll("details[open]")].map((one) => one.className);
      rest.replaceChildren(...why, ...found.money.flatMap((leaves, i) => moneyOf(data.money[i], leaves, i)), ...flipList(flips));
      rest.querySelectorAll("details").forEach((one) => { one.open = unfolded.includes(one.className); });
      showWays(found, state);
      section.dataset.outcome = JSON.stringify(
        Object.fromEntries(found.marks.map((m) => [data.marks[m.mark].id, m.certain ? "certain" : "possible"])));
      section.dataset.impossible = String(!found.numbers.length);
    };

    function showOutcome(found) {
      const lines = outcome(found).map((words) => el("p", {}, both(words)));
      if (found.marks.length > 4) {
        lines.push(...found.marks.map((m) => el("p", { class: "small" },
          both(filled(m.certain ? W.is_certain : W.is_possible, data.marks[m.mark].says)))));
      }
      const names = Object.keys(self.changed);
      const from = (data.readings[self.reading] || { title: plain("") }).title;
      lines.push(el("p", { class: "small" }, both(names.length ? filled(W.changed_from, from, names.length) : filled(W.as_in, from))));
      // what is said already is not announced again
      const said = el("div", {}, lines);
      if (outcomeBox.innerHTML !== said.outerHTML) outcomeBox.replaceChildren(said);
      framed(outcomeBox, outcomeBox.firstElementChild);
    }

    /** For each variable every other value, and what would follow. */
    function singleFlips(state, found) {
      return data.variables.map((variable) => {
        const others = [...variable.values.map((v) => v.id), OPEN].filter((id) => id !== (state[variable.id] ?? OPEN));
        const turns = others.map((id) => {
          const then = follow(data, { ...state, [variable.id]: id === OPEN ? undefined : id });
          return { id, then, result: then.numbers.length > 0 && then.key !== found.key, money: then.moneyKey !== found.moneyKey };
        });
        const kind = turns.some((t) => t.result) ? "decides" : turns.some((t) => t.money) ? "money" : "idle";
        return { variable, turns, kind };
      });
    }

    function showFields(flips) {
      starts.querySelectorAll("button").forEach((button, i) => {
        button.setAttribute("aria-pressed", String(i === self.reading && !Object.keys(self.changed).length));
      });
      for (const { variable, kind } of flips) {
        const box = [...fields.children].find((f) => f.dataset.variable === variable.id);
        const taken = now(variable.id) ?? OPEN;
        box.className = kind;
        const more = (value(variable, taken) || {}).more;
        box.querySelectorAll("input").forEach((input) => {
          input.checked = input.value === taken;
          if (input.checked && more) input.setAttribute("aria-describedby", `${input.name}.more`);
          else input.removeAttribute("aria-describedby");
        });
        box.querySelector(".how").replaceChildren(...both(how(variable, taken)));
        box.querySelector(".now").replaceChildren(...both(W[`now_${kind}`]));
        box.querySelector(".more").replaceChildren(...(more ? both(more) : []));
      }
    }

    function how(variable, taken) {
      if (variable.id in self.changed) return W.by_you;
      if (taken === OPEN) return variable.kind === "fact" ? plain("") : W.left_open;
      return data.readings[self.reading].own.includes(variable.id) ? W.own : W.assumed;
    }

    function reasons({ mark, certain }, state) {
      const one = data.marks[mark];
      if (!certain) return [];
      return why(filled(W.why, one.says), one.why.filter((choices) => holds(choices, state)));
    }

    function nobody(found, state) {
      return found.numbers.length ? why(W.why_nobody, data.nobody.filter((choices) => holds(choices, state))) : [];
    }

    function why(title, sets) {
      if (!sets.length) return [];
      const rows = sets.map((choices) => el("li", {}, both(set(choices))));
      const shown = [heading(title), el("ul", { class: "why" }, rows.slice(0, 3))];
      if (rows.length > 3) {
        shown.push(el("details", { class: "sets small" }, el("summary", {}, both(filled(W.more_sets, rows.length - 3))),
          el("ul", {}, rows.slice(3))));
      }
      return shown;
    }

    function moneyOf(map, leaves, i) {
      if (map.unreckoned) return [el("p", { class: "small" }, both(W.unreckoned), both(map.unreckoned))];
      const settled = leaves.map((leaf) => map.settled[leaf]);
      const owed = settled.filter((one) => one.length);
      if (!owed.length) return [];
      const note = owed.length < settled.length ? [el("p", { class: "small" }, both(W.maybe_nothing))] : [];
      const heads = [W.debtor, ...SUMS.map((name) => W[name])];
      const id = `${data.case}.money.${i}`;
      const table = el("table", { class: "money", "aria-labelledby": id },
        el("thead", {}, el("tr", {}, heads.map((head, at) => el("th", { scope: "col", class: at ? "n" : null }, both(head))))),
        scenarios(owed, map.direct).map(group));
      const frame = el("div", { class: "scroll", role: "group", "aria-labelledby": id }, table);
      return [heading(filled(W.money, data.currency, map.title), id), ...note, framed(frame, table)];
    }

    function group(one) {
      return el("tbody", {},
        el("tr", {}, el("th", { scope: "rowgroup", colspan: String(SUMS.length + 1) }, both(scenarioName(one)))),
        one.debtors.map((debtor) => el("tr", {},
          el("th", { scope: "row" }, both(data.names[debtor.id] || plain(debtor.id))),
          debtor.sums.map((sum) => el("td", { class: "n" }, sum)))));
    }

    function scenarioName(one) {
      const named = (id) => data.names[id] || plain(id);
      const gets = one.creditors.map(({ id, sums }) => filled(W.gets, named(id), ...sums));
      if (one.debtors.length === 1) return joined([filled(W.alone, named(one.first[0])), ...gets]);
      const has = Object.entries(one.assets).filter(([who, sum]) => sum !== null || one.direct.includes(who))
        .map(([who, sum]) => filled(W.has, named(who), sum === null ? W.no_limit : filled(W.sum, grouped(sum), data.currency)));
      const order = filled(W.first, joined(one.first.map(named), "、", " and "));
      return joined([order, ...(one.unwilling ? [W.unwilling] : []), ...has, ...gets]);
    }

    function flipList(flips) {
      const row = ({ variable, id, then, result }) => {
        const press = () => turn(variable.id, id);
        const to = { zh: `${variable.title.zh}：${says(variable.id, now(variable.id)).zh} → ${says(variable.id, id).zh}`,
          en: `${variable.title.en}: ${says(variable.id, now(variable.id)).en} → ${says(variable.id, id).en}` };
        return el("li", {}, el("button", { type: "button", "data-flip": `${variable.id}=${id}`, on: ["click", press] }, both(to)),
          result ? el("div", { class: "small" }, both(filled(W.then, joined(outcome(then))))) : "");
      };
      const all = flips.flatMap(({ variable, turns }) => turns.map((turn) => ({ variable, ...turn })));
      const real = all.filter((t) => t.result && t.id !== OPEN);
      const money = all.filter((t) => !t.result && t.money && t.id !== OPEN && t.then.numbers.length);
      const shown = [heading(W.flips), real.length ? el("ul", {}, real.map(row)) : el("p", { class: "small" }, both(W.no_flip))];
      if (money.length) {
        shown.push(el("details", { class: "turns" }, el("summary", {}, both(filled(W.money_flips, money.length))), el("ul", {}, money.map(row))));
      }
      return [el("div", { class: "flips" }, shown)];
    }

    /** Flip one thing. The focus goes to the flip that leads back, or to the head of the new list. */
    function turn(name, id) {
      const back = `${name}=${now(name) ?? OPEN}`;
      self.take(name, id);
      changed(self);
      const to = rest.querySelector(`[data-flip="${CSS.escape(back)}"]`) || rest.querySelector(".flips > .h4");
      const folded = to.closest("details");
      if (folded) folded.open = true;
      to.focus();
    }

    /** One proof for each liability that may follow: one that the state bears out, if there is one. */
    function showWays(found, state) {
      if (!ways) return;
      const sections = [...ways.querySelectorAll(".way")];
      const before = sections.filter((one) => !one.hidden);
      for (const one of sections) one.hidden = true;
      for (const { mark } of found.marks) {
        const of = sections.filter((one) => Number(one.dataset.mark) === mark);
        const fits = of.find((one) => holds(JSON.parse(one.dataset.choices), state));
        const shown = fits || of[0];
        if (!shown) continue;
        shown.hidden = false;
        shown.querySelector(".here").hidden = !fits;
        shown.querySelector(".elsewhere").hidden = Boolean(fits);
      }
      const seen = sections.filter((one) => !one.hidden);
      for (const one of seen) if (!before.includes(one)) one.open = seen.length < 3;
      ways.hidden = !seen.length;
    }

    return self;
  }

  // ---- the page -------------------------------------------------------------------------------------------------------

  const explorers = page.cases.map((data) => Explorer(document.getElementById(`explorer-${data.case}`), data));

  /** Show what one explorer says now, and remember it in the address. */
  function changed(one) {
    one.show();
    remember();
  }

  /** The state as the address writes it; empty where all is as the page came. */
  function written() {
    const parts = explorers.flatMap((one) => one.written());
    if (root.dataset.lang !== page.lang) parts.push(["lang", root.dataset.lang]);
    return new URLSearchParams(parts).toString();
  }

  /** A flip takes the place of the last one in the history: to go back is to leave, and to come again finds the state. */
  function remember() {
    const text = written();
    history.replaceState(null, "", text ? `#${text}` : location.pathname + location.search);
  }

  function readAddress() {
    const text = location.hash.slice(1);
    if (text && !text.includes("=")) return; // a place in the page, not a state
    const parts = [...new URLSearchParams(text)];
    const lang = parts.find(([name]) => name === "lang");
    speak(lang && ["zh", "en"].includes(lang[1]) ? lang[1] : page.lang);
    for (const one of explorers) {
      const own = `${one.data.case}.`;
      one.read(parts.filter(([name]) => name.startsWith(own)).map(([name, taken]) => [name.slice(own.length), taken]));
      one.show();
    }
  }

  /** A link within the page takes the state along, which it would push out of the address otherwise. */
  addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    const text = written();
    if (!link || !text || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const place = decodeURIComponent(link.hash.slice(1));
    history.pushState(null, "", `#${text}&${new URLSearchParams([["at", place]])}`);
    goTo(place);
  });

  function goTo(place) {
    const found = document.getElementById(place);
    if (!found) return;
    found.scrollIntoView();
    if (!found.hasAttribute("tabindex")) found.tabIndex = -1;
    found.focus({ preventScroll: true });
  }

  function speak(lang) {
    root.dataset.lang = lang;
    root.lang = lang === "zh" ? "zh-Hans" : "en";
    document.title = page.title[lang];
    document.querySelectorAll("[data-speak]").forEach((b) => b.setAttribute("aria-pressed", String(b.dataset.speak === lang)));
    document.querySelectorAll("[data-label-zh]").forEach((b) => b.setAttribute("aria-label", b.dataset[lang === "zh" ? "labelZh" : "labelEn"]));
  }

  document.querySelectorAll("[data-speak]").forEach((button) => button.addEventListener("click", () => {
    speak(button.dataset.speak);
    remember();
  }));

  document.getElementById("theme").addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });

  document.querySelectorAll("[data-unfold]").forEach((button) => button.addEventListener("click", () => {
    const open = button.dataset.unfold === "all";
    button.closest(".tree").querySelectorAll(".proof details:not(.cite)").forEach((d) => { d.open = open; });
  }));

  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open]):not(.cite)")];
    for (const one of opened) one.open = true;
  });
  addEventListener("afterprint", () => { for (const one of opened) one.open = false; });

  document.querySelectorAll(".scripted").forEach((one) => { one.hidden = false; });
  // a long table out of sight is not laid out, so it can't be said whether it scrolls: it stays a stop
  document.querySelectorAll("main > .scroll:not(.long), figure > .scroll").forEach((one) => framed(one, ...one.children));
  addEventListener("hashchange", readAddress);
  speak(page.lang);
  if (location.hash.includes("=")) {
    readAddress();
    goTo(new URLSearchParams(location.hash.slice(1)).get("at"));
  } else for (const one of explorers) one.show();
})();
