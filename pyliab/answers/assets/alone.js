/* The page at work: a case is told, a worker runs the law (alone_law.js), and what follows is shown.
 *
 * No law is written here, and no sentence of it: words, facts and cases come with the page. A text is {zh, en}.
 */
"use strict";
(async function () {
  const root = document.documentElement;
  const $ = (id) => document.getElementById(id);
  const STANDS = ["proved", "disproved", "disputed", "unstated"];
  const THINGS = { party: "parties", item: "items", harm: "harms" };
  let base, law, kase, chosen, answered, reasons, lacks, taken, turn = 0;

  // ---- making elements ----------------------------------------------------------------------------------------------------

  const t = (text) => (typeof text === "string" ? text : text[root.dataset.lang]);
  const ui = (name, ...values) => t(base.ui[name]).replace(/\{(\d)\}/g, (_, i) => values[i]);
  const said = (message, values) => t(base.say[message]).replace(/\{(\w+)\}/g, (_, name) => values[name]);

  function el(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
      else if (value === true) made.setAttribute(name, "");
      else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
    }
    made.append(...children.flat().filter((child) => child !== null && child !== undefined));
    return made;
  }

  const button = (text, press, more) => el("button", { type: "button", onclick: press, ...more }, text);
  const option = (value, text, selected) => el("option", { value, selected }, text);

  // ---- the law, in a worker -----------------------------------------------------------------------------------------------

  async function unpacked(name) {
    const bytes = Uint8Array.from(atob($(`packed-${name}`).textContent), (c) => c.charCodeAt(0));
    $(`packed-${name}`).remove();
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
  }

  /** Questions go to the worker one by one; of those that wait only the last of a kind is still asked. */
  function Worker_(script, message) {
    const worker = new Worker(URL.createObjectURL(new Blob(script, { type: "text/javascript" })));
    const waiting = new Map();
    let busy = null;
    const next = () => {
      const [kind] = waiting.keys();
      if (busy || kind === undefined) return;
      busy = waiting.get(kind);
      waiting.delete(kind);
      worker.postMessage({ ask: kind, of: busy.of });
    };
    const ready = new Promise((resolve, reject) => {
      worker.onerror = (event) => reject(new Error(event.message));
      worker.onmessage = ({ data }) => {
        if (data.ready) return resolve();
        const { done, fail } = busy;
        busy = null;
        data.fault ? fail(new Error(data.fault)) : done(data.answer);
        next();
      };
    });
    worker.postMessage(message, [message.wasm]);
    const ask = (kind, ...of) => new Promise((done, fail) => {
      waiting.set(kind, { of, done, fail });
      next();
    });
    return { ready, ask };
  }

  function say(name, ...values) {
    $("state").textContent = name ? ui(name, ...values) : "";
  }

  const told = () => ({ ...kase, facts: kase.facts.filter((fact) => fact.status !== "unstated") });

  /** What follows from the case as it is told now, and from the reading that is chosen; an answer that comes late is dropped. */
  async function reckon() {
    const now = turn += 1;
    $("groups").className = "stale";
    [reasons, lacks] = [null, null];
    remember();
    const overview = await asked(now, law.ask("overview", told()));
    if (!overview) return;
    answered = overview;
    showAnswers();
    if (chosen) await explain(now);
  }

  async function explain(now = turn) {
    const id = chosen;
    const found = await asked(now, law.ask("why", told(), [id]));
    if (!found || id !== chosen) return;
    reasons = found[id];
    showWhy();
  }

  async function asked(now, question) {
    try {
      const answer = await question;
      return now === turn ? answer : null;
    } catch (fault) {
      $("groups").replaceChildren(el("p", {}, ui("failed", fault.message)));
      return null;
    }
  }

  // ---- the case -------------------------------------------------------------------------------------------------------------

  const EMPTY = { id: "own", parties: {}, items: {}, harms: {}, facts: [] };

  /** A case of one's own: the cast of hypothetical cases, and what most cases state, not stated yet. */
  function blank() {
    const today = new Date().toISOString().slice(0, 10);
    const made = { ...EMPTY, title: base.ui.own, about: base.ui.your_case, day: Number(today.replaceAll("-", "")) };
    if (!base.open) return made;
    const { plays, often, parties, items, harms } = base.open;
    const usual = vocabulary().filter((word) => 3 * (often[word] || 0) > 2 * base.cases.length);
    const facts = usual.map((word) => {
      const used = new Set();
      const args = base.predicates[word].args.slice(1).map((argument) => {
        const player = argument.optional ? "any" : plays[argument.name]?.find((each) => !used.has(each));
        used.add(player);
        return player;
      });
      return { word, args, status: "unstated" };
    });
    return { ...made, parties, items, harms, facts: facts.filter((fact) => fact.args.every(Boolean)) };
  }

  function take(id) {
    const known = base.cases.find((each) => each.id === id);
    kase = structuredClone(known || blank());
    taken = null;
    showCase();
    reckon();
  }

  const dashed = (day) => String(day).replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3");

  function showCase() {
    $("pick").value = kase.id;
    $("about").textContent = kase.about ? t(kase.about) : "";
    $("day").value = dashed(kase.day);
    $("cast").open ||= kase.id === EMPTY.id;
    showThings();
    showFacts();
    showForm();
    showVocabulary();
  }

  function showPick() {
    const kinds = Map.groupBy ? Map.groupBy(base.cases, (each) => t(each.kind)) : new Map([["", base.cases]]);
    $("pick").replaceChildren(option(EMPTY.id, ui("own")), ...[...kinds].map(([kind, cases]) =>
      el("optgroup", { label: kind }, cases.map((each) => option(each.id, t(each.title))))));
    $("pick").value = kase.id;
  }

  function showThings() {
    $("things").replaceChildren(...Object.entries(THINGS).map(([kind, section]) => el("div", { class: "things" },
      el("b", {}, ui(section)),
      Object.entries(kase[section]).map(([id, name]) => el("input", { value: t(name), "aria-label": ui(section), "data-thing": id,
        onchange: (event) => {
          const text = event.target.value.trim();
          if (text) kase[section][id] = { zh: text, en: text };
          showCase();
          reckon();
        } })),
      button(ui("another"), () => {
        const id = `${kind}_${1 + Object.keys(kase[section]).length}`;
        kase[section][id] = Object.fromEntries(LANGS.map((lang) => [lang, `${base.ui[kind][lang]} ${1 + Object.keys(kase[section]).length}`]));
        showCase();
        $("things").querySelector(`[data-thing="${id}"]`).select();
      }))));
  }

  // ---- the facts --------------------------------------------------------------------------------------------------------------

  const sentences = () => new Phrases(base, { ...kase.parties, ...kase.items, ...kase.harms });
  const sentence = (fact) => t(sentences().atom(parse(factText(kase, fact)), fact.status === "disproved" ? "not" : "so"));

  /** The sentence that it is so: how it stands is said beside it. */
  const affirmed = (fact) => sentence({ ...fact, status: "proved" });

  function showFacts() {
    const groups = Object.entries(base.groups).map(([group, title]) => [title, kase.facts.filter((fact) => base.predicates[fact.word].group === group)]);
    $("facts").replaceChildren(...groups.filter(([, facts]) => facts.length).flatMap(([title, facts]) =>
      [el("h3", { class: "h3" }, t(title)), ...facts.map(factRow)]));
    if (!kase.facts.length) $("facts").append(el("p", { class: "note" }, ui("no_facts")));
  }

  function factRow(fact) {
    const stands = (event) => {
      fact.status = event.target.value;
      dated(fact);
      row.replaceWith(factRow(fact));
      $("facts").querySelector(`[data-fact="${CSS.escape(factText(kase, fact))}"] select`)?.focus();
      reckon();
    };
    const name = factText(kase, fact);
    const row = el("div", { class: `fact ${fact.status}`, "data-fact": name },
      el("span", { class: "says", id: `says-${name}` }, affirmed(fact), fact.note ? el("span", { class: "small" }, said(" ({note})", { note: t(fact.note) })) : null),
      el("select", { "aria-labelledby": `says-${name}`, onchange: stands }, STANDS.map((status) => option(status, ui(status), status === fact.status))));
    return row;
  }

  /** What is so is so on some day: one that was never so gets the day of the case. */
  function dated(fact) {
    if (fact.status === "disproved") return;
    base.predicates[fact.word].args.slice(1).forEach((argument, i) => {
      if (argument.type === "date" && fact.args[i] === "undated") fact.args[i] = String(kase.day);
    });
  }

  // ---- one more fact ------------------------------------------------------------------------------------------------------------

  const dotted = (name, how = "so") => t(base.predicates[name][how]).replace(/\{(\w+'*)\}/g, "…");
  const vocabulary = () => Object.keys(base.predicates).filter((name) => base.predicates[name].group);

  function showVocabulary() {
    $("vocabulary").replaceChildren(...Object.entries(base.groups).flatMap(([group, title]) => [el("h3", { class: "h3" }, t(title)),
      ...vocabulary().filter((name) => base.predicates[name].group === group).map((name) => button(dotted(name), () => begin(name)))]));
  }

  /** Read what is written, line by line; what cannot be read is left, with the sentences that come near. */
  function readSentences() {
    const grammar = new Grammar(base, kase);
    const left = [];
    let ways = [];
    let read = 0;
    for (const line of $("words").value.split(/\n|(?<=[\u3002;\uff1b!?]|\.(?= ))/).map((each) => each.trim()).filter(Boolean)) {
      const facts = grammar.read(line);
      const whole = facts.length === 1 && !facts[0].args.includes(base.lacking);
      if (whole) {
        join({ ...facts[0] });
        read += 1;
      } else {
        if (!left.length) ways = facts;
        left.push(line);
      }
    }
    $("words").value = left.join("\n");
    if (read) {
      showFacts();
      reckon();
    }
    showNear(read, ways, left);
  }

  function showNear(read = 0, ways = [], left = [$("words").value.trim()].filter(Boolean)) {
    const near = left.length && !ways.length ? new Grammar(base, kase).near(left[0], 6) : [];
    const note = (text) => el("p", { class: "note" }, text);
    $("near").replaceChildren(...[
      read ? note(left.length ? ui("read_some", read) : ui("read_all", read)) : null,
      ways.length ? note(ui("which")) : near.length ? note(ui("near")) : left.length ? note(ui("none_near")) : null,
      ...ways.map((fact) => button(sentence(inHand(fact)), () => hold(inHand(fact)))),
      ...near.map((name) => button(dotted(name), () => begin(name))),
    ].filter(Boolean));
  }

  /** A fact that lacks its day gets that of the case, to be looked at. */
  const inHand = (fact) => ({ ...fact, args: fact.args.map((value) => (value === base.lacking ? String(kase.day) : value)) });

  /** Begin a fact of this word: somebody stands in each place. */
  function begin(word) {
    const used = new Set();
    const args = base.predicates[word].args.slice(1).map((argument) => {
      if (argument.type === "date") return String(kase.day);
      if (argument.type === "yuan") return '"100000.00"';
      if (argument.type === "share") return '"3/10"';
      if (argument.optional) return "any";
      const names = places(argument).map(([id]) => id);
      const name = names.find((each) => !used.has(each)) || names[0];
      used.add(name);
      return name;
    });
    hold({ word, args, status: "proved" });
  }

  function hold(fact) {
    taken = fact;
    $("near").replaceChildren();
    showForm();
    $("form").scrollIntoView({ block: "nearest" });
    $("form").querySelector("select, input")?.focus();
  }

  function places(argument) {
    const known = THINGS[argument.type] ? Object.entries(kase[THINGS[argument.type]]) : argument.words.map((word) => [word, base.words[word] || { zh: word, en: word }]);
    return argument.optional ? [["any", base.ui.any], ...known] : known;
  }

  function showForm() {
    $("form").hidden = !taken;
    if (!taken) return;
    const whole = taken.args.every((value) => value !== undefined);
    const fields = base.predicates[taken.word].args.slice(1).map((argument, i) => el("span", { class: "field" }, field(argument, i)));
    $("form").replaceChildren(
      el("p", { class: "says" }, whole ? affirmed(taken) : dotted(taken.word)),
      ...(whole ? [] : [el("p", { class: "note" }, ui("missing"))]),
      ...fields,
      el("p", { class: "field" }, el("select", { "aria-label": ui("how"), onchange: (event) => { taken.status = event.target.value; showForm(); } },
        STANDS.slice(0, 3).map((status) => option(status, ui(status), status === taken.status)))),
      el("p", { class: "field" }, button(ui("take"), add, { disabled: !whole }), button(ui("leave"), () => { taken = null; showForm(); })));
  }

  function field(argument, i) {
    const set = (value) => { taken.args[i] = value; showForm(); };
    const name = { "aria-label": argument.key };
    if (argument.type === "date") return el("input", { ...name, type: "date", value: dashed(taken.args[i]), onchange: (event) => event.target.value && set(event.target.value.replaceAll("-", "")) });
    if (argument.type === "yuan") return el("input", { ...name, type: "number", min: 0, step: "0.01", value: taken.args[i].slice(1, -1), onchange: (event) => event.target.checkValidity() && set(`"${Number(event.target.value).toFixed(2)}"`) });
    if (argument.type === "share") return el("span", {}, el("input", { ...name, type: "number", min: 0, max: 100, value: percent(taken.args[i].slice(1, -1)).replace("%", ""), onchange: (event) => event.target.checkValidity() && set(`"${fraction(Math.round(Number(event.target.value)))}"`) }), " %");
    return el("select", { ...name, onchange: (event) => set(event.target.value) }, places(argument).map(([id, text]) => option(id, t(text), id === taken.args[i])));
  }

  function fraction(hundredths) {
    const gcd = (a, b) => (b ? gcd(b, a % b) : a);
    const by = gcd(hundredths, 100);
    return hundredths % 100 ? `${hundredths / by}/${100 / by}` : String(hundredths / 100);
  }

  /** The fact in hand joins the others; it takes the place of one that says the same, or that can be said but once. */
  function join(fact) {
    const { args: [, ...names], once } = base.predicates[fact.word];
    const scope = ({ args }) => JSON.stringify(once.map((name) => args[names.findIndex((each) => each.name === name)]));
    const other = (each) => each.word !== fact.word || (each.args.join() !== fact.args.join() && !(once.length && scope(each) === scope(fact)));
    kase.facts = [...kase.facts.filter(other), fact];
  }

  function add() {
    join(taken);
    taken = null;
    $("words").value = "";
    showFacts();
    showForm();
    reckon();
  }

  // ---- what follows -------------------------------------------------------------------------------------------------------------

  function showAnswers() {
    const reading = (id) => base.readings.find((each) => each.id === id);
    const names = (ids) => ids.map((id) => button(t(reading(id).title), () => choose(id), { "data-reading": id, "aria-pressed": String(id === chosen) }));
    $("groups").className = "";
    $("groups").replaceChildren(...answered.map((group) => {
      const part = group.readings.filter((id) => !reading(id).full);
      return el("div", { class: "group", "data-readings": group.readings.join(" ") },
        group.says.map(([text, role]) => el("p", { class: `says ${role}` }, t(text))),
        group.nobody === "certain" ? lacksOf(group) : null,
        el("p", { class: "names" }, names(group.readings.filter((id) => reading(id).full))),
        part.length ? el("p", { class: "names" }, el("span", {}, ui("not_read", "")), names(part)) : null);
    }));
    $("short").textContent = ui("short", base.readings.length, answered.length);
    say("short", base.readings.length, answered.length);
    if (!chosen) $("why").replaceChildren(el("p", { class: "note" }, ui("choose")));
  }

  /** Why nobody is liable: a case that tells of no harm, or what is missing, which takes a while to find. */
  function lacksOf(group) {
    const tells = kase.facts.some((fact) => fact.status !== "unstated" && base.predicates[fact.word].declared.length);
    if (!tells) return el("p", {}, said("The case tells of no harm: who suffered what, and when, is not said.", {}));
    const many = [kase.parties, kase.items, kase.harms].flatMap(Object.keys).length > base.open?.many;
    if (!base.open || many) return null;
    if (lacks) return el("div", { class: "lacks" }, showLacks(group.readings));
    return button(ui("lacks"), async (event) => {
      event.target.replaceWith(el("p", { class: "note" }, ui("working")));
      lacks = await asked(turn, law.ask("lacks", told(), group.readings));
      if (lacks) showAnswers();
    });
  }

  function showLacks(ids) {
    const merged = new Map();
    for (const id of ids) {
      for (const lack of lacks[id].unstated) {
        const key = JSON.stringify(lack.facts.map((fact) => [fact.word, fact.args, fact.status]));
        if (!merged.has(key)) merged.set(key, { ...lack, ids: [] });
        merged.get(key).ids.push(id);
      }
    }
    const ways = [...merged.values()].sort((a, b) => b.ids.length - a.ids.length || a.facts.length - b.facts.length);
    const issues = [...new Set(ids.flatMap((id) => lacks[id].positions.map((name) => name.split("=")[0])))].map((name) => t(base.issues[name].title));
    const suppose = (facts) => {
      for (const fact of facts) join({ word: fact.word, args: [...fact.args], status: fact.status });
      showFacts();
      reckon();
    };
    return [
      ways.length ? el("p", {}, said("Somebody would be liable if it were otherwise:", {})) : null,
      ...ways.slice(0, 5).map((way) => el("p", { class: "in1" }, button(way.facts.map((fact) => (fact.status === "proved" ? t(fact.says) : said("not so: {says}", { says: t(fact.says) }))
        + ` [${t(base.terms.found[fact.instead_of])}]`).join(t(base.say[" and "])), () => suppose(way.facts)),
      ` ${way.basis.map((name) => t(base.provisions[name] || name)).join(t(base.say[", "]))}`)),
      issues.length ? el("p", { class: "in1" }, said("or if it were read otherwise: {issues}", { issues: issues.join(t(base.say["; "])) })) : null,
      ways.length || issues.length ? null : el("p", {}, ui("no_lack")),
    ].filter(Boolean);
  }

  async function choose(id) {
    chosen = id;
    showAnswers();
    $("groups").querySelector(`[data-reading="${CSS.escape(id)}"]`).focus({ preventScroll: true });
    $("why").replaceChildren(el("p", { class: "note" }, ui("working")));
    remember();
    await explain();
    $("why").scrollIntoView({ block: "nearest" });
  }

  function showWhy() {
    const title = t(base.readings.find((each) => each.id === chosen).title);
    $("why").replaceChildren(el("h2", { class: "h2" }, ui("why", title)),
      ...(reasons.length ? reasons.flatMap(whyOf) : [el("p", {}, ui("nothing"))]), ...standing());
  }

  /** What the reading does not say itself: what is assumed from the text, and what stays open. */
  function standing() {
    const { assumed, open } = base.readings.find((each) => each.id === chosen);
    const list = (name, rows) => (rows.length ? [el("details", { class: "small" }, el("summary", {}, ui(name, rows.length)), el("ul", { class: "items" }, rows.map((row) => el("li", {}, row))))] : []);
    return [...list("assumed", assumed.map((pair) => t(sentences().position(...pair)))), ...list("open", open.map((issue) => t(base.issues[issue].title)))];
  }

  function whyOf(liability) {
    const phrases = sentences();
    const basis = liability.basis.map((name) => t(base.provisions[name] || name)).join(t(base.say[", "]));
    const open = liability.status === "possible" ? completion(phrases, liability) : "";
    return [
      el("h3", { class: "h3" }, `${t(liability.says)} (${t(base.terms.status[liability.status])})`),
      el("p", { class: "small" }, ui("basis", basis)),
      open ? el("p", { class: "small" }, ui("holds_with", open)) : null,
      ...liability.basis.flatMap((name) => (base.gaps[name] || []).map(([words, reason]) => el("p", { class: "small" },
        said("not encoded: {place}: {reason}", { place: `${t(base.provisions[name])} “${words}”`, reason: t(reason) })))),
      el("div", { class: "tree" }, el("ol", { class: "reasons" }, liability.reasons.map((reason) => el("li", {}, t(reason)))),
        el("details", {}, el("summary", {}, ui("proof")), el("ul", { class: "proof" }, liability.steps.map((step) => node(step, 1))))),
    ].filter(Boolean);
  }

  function completion(phrases, liability) {
    const open = base.readings.find((each) => each.id === chosen).open;
    const positions = liability.positions.map((name) => name.split("=")).filter(([issue]) => open.includes(issue));
    return [...positions.map((pair) => t(phrases.position(...pair))), ...liability.disputed_facts.map((text) => t(phrases.stated(parse(text))))].join(t(base.say["; "]));
  }

  /** A rule that rests on dates in force alone is one line. */
  function worthShowing(step) {
    const kinds = step.of.map((child) => child.kind);
    if (kinds.includes("law") && kinds.every((kind) => ["law", "compare", "absent"].includes(kind))) return [];
    return step.of.filter((child) => child.kind !== "law" && !(child.kind === "compare" && child.atom.includes("!=")));
  }

  function node(step, level) {
    const children = worthShowing(step);
    const quotes = step.kind === "rule" && children.length ? step.words.map((name) => quote(name, base.rules[step.rule].words[name])) : [];
    const says = [mark(step), t(step.says), ...remarks(step).map((text) => el("span", { class: "small" }, text))];
    if (!children.length && !quotes.length) return el("li", {}, el("div", { class: "leaf" }, says));
    return el("li", {}, el("details", { open: level <= 2 }, el("summary", {}, says), quotes, el("ul", {}, children.map((child) => node(child, level + 1)))));
  }

  function mark(step) {
    if (!base.terms.kinds[step.kind]) return null;
    const known = step.kind === "position" ? base.terms.taken : base.terms.found;
    const negative = step.kind === "fact" && step.atom.startsWith("-"); // its sentence says so, the mark need not
    const status = t(known[negative ? step.status.replace("disproved", "proved") : step.status]);
    return el("span", { class: `mark ${step.kind}` }, t(base.terms.kinds[step.kind]).replace("{status}", status));
  }

  function remarks(step) {
    return [
      step.note && said(" ({note})", { note: t(step.note) }),
      step.shown && said(" (shown above)", {}),
      step.also > 0 && said(" (+{also} more by this rule)", step),
      step.grounds?.length > 0 && said(" (also on another ground: {grounds})", { grounds: step.grounds.map(ground).join(t(base.say["; "])) }),
      step.less && said(" (says less than the provision: {less})", { less: t(step.less) }),
    ].filter(Boolean);
  }

  const ground = (rule) => base.rules[rule].cites.map((name) => t(base.cites[name])).filter(Boolean).join(t(base.say["; "]));

  function quote(name, words) {
    return el("details", { class: "law" }, el("summary", {}, t(base.cites[name])), el("blockquote", { lang: "zh-Hans" }, words));
  }

  // ---- the page -------------------------------------------------------------------------------------------------------------------

  function remember() {
    const state = [["case", kase.id], ...(chosen ? [["r", chosen]] : []), ["lang", root.dataset.lang]];
    history.replaceState(null, "", `#${new URLSearchParams(state)}`);
  }

  function speak(lang) {
    root.dataset.lang = lang;
    root.lang = lang === "zh" ? "zh-Hans" : "en";
    document.title = ui("title");
    document.querySelectorAll("[data-ui]").forEach((each) => { each.textContent = ui(each.dataset.ui); });
    document.querySelectorAll("[data-named]").forEach((each) => each.setAttribute("aria-label", ui(each.dataset.named)));
    document.querySelectorAll("[data-speak]").forEach((each) => each.setAttribute("aria-pressed", String(each.dataset.speak === lang)));
    if (!kase) return;
    showPick();
    showCase();
    if (answered) showAnswers();
    if (reasons) showWhy();
    remember();
  }

  $("theme").addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });
  document.querySelectorAll("[data-speak]").forEach((each) => each.addEventListener("click", () => speak(each.dataset.speak)));
  $("pick").addEventListener("change", (event) => take(event.target.value));
  $("day").addEventListener("change", (event) => {
    if (!event.target.value) return;
    kase.day = Number(event.target.value.replaceAll("-", ""));
    reckon();
  });
  $("words").addEventListener("input", () => showNear());
  $("read").addEventListener("click", readSentences);
  $("save").addEventListener("click", () => {
    const id = kase.id === EMPTY.id ? "my_case" : `${kase.id}_otherwise`;
    const facts = kase.facts.filter((fact) => fact.status !== "unstated");
    $("save").download = `${id}.yaml`;
    $("save").href = URL.createObjectURL(new Blob([caseFile(base, { ...kase, facts }, id)], { type: "text/yaml" }));
  });
  $("form").addEventListener("submit", (event) => event.preventDefault());

  const address = new URLSearchParams(location.hash.slice(1));
  try {
    base = JSON.parse(new TextDecoder().decode(await unpacked("data")));
    speak(["zh", "en"].includes(address.get("lang")) ? address.get("lang") : navigator.language.startsWith("zh") ? "zh" : "en");
    say("starting");
    law = Worker_([new TextDecoder().decode(await unpacked("clingo")), "\n", $("law").textContent], { base, wasm: await unpacked("wasm") });
    await law.ready;
  } catch (fault) {
    $("state").textContent = base ? ui("failed", fault.message) : fault.message;
    return;
  }
  say("");
  document.querySelector(".columns").hidden = false;
  if (base.readings.some((each) => each.id === address.get("r"))) chosen = address.get("r");
  kase = { ...EMPTY };
  take(base.cases.some((each) => each.id === address.get("case")) || address.get("case") === EMPTY.id ? address.get("case") : base.first);
  showPick();
  window.page = { ask: law.ask, base, case: () => kase };
})();
