/* What follows in a case, and why: clingo is asked (alone.lua), and its atoms are said by the sentences of the base.
 *
 * No law is written here. The rules are those of the base, rewritten for reasons as pyliab/asp/rewrite.py does; what is read
 * from their atoms is what pyliab/law reads from them. A text is {zh, en}.
 */
"use strict";

const LANGS = ["zh", "en"];
const both = (make) => Object.fromEntries(LANGS.map((lang) => [lang, make(lang)]));
const same = (text) => both(() => String(text));
const bySigns = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const filled = (pattern, values) =>
  pattern.replace(/\{(\w+'*)(?::0(\d))?\}/g, (_, name, wide) => String(values[name] ?? name).padStart(wide || 0, "0"));

// ---- terms ------------------------------------------------------------------------------------------------------------

const TERMS = new Map();

/** A term as clingo writes it: {text, name, args, positive}, or a number or a string with its value. */
function parse(text) {
  let term = TERMS.get(text);
  if (!term) {
    let at = 0;
    const name = /[\w']*/y, string = /"((?:[^"\\]|\\.)*)"/y;
    const token = (pattern) => {
      pattern.lastIndex = at;
      const match = pattern.exec(text);
      at = match ? pattern.lastIndex : at;
      return match;
    };
    const read = () => {
      const start = at;
      const positive = text[at] !== "-";
      if (!positive || text[at] === "#") at += 1;
      const quoted = token(string);
      if (quoted) return { text: quoted[0], string: quoted[1].replace(/\\(.)/g, (_, c) => (c === "n" ? "\n" : c)), args: [] };
      const called = token(name)[0];
      const args = [];
      if (text[at] === "(") {
        at += 1;
        while (text[at] !== ")") {
          args.push(read());
          if (text[at] === ",") at += 1;
        }
        at += 1;
      }
      const whole = text.slice(start, at);
      return { text: whole, name: called, args, positive, ...(/^-?\d+$/.test(whole) && { number: Number(whole) }) };
    };
    term = read();
    TERMS.set(text, term);
  }
  return term;
}

/** How Python writes a term: supports of one atom stand in this order. */
function written(term) {
  if (term.number !== undefined) return `Number(${term.number})`;
  if (term.string !== undefined) return `String('${term.string}')`;
  return `Function('${term.name}', [${term.args.map(written).join(", ")}], ${term.positive ? "True" : "False"})`;
}

// ---- the reasons in one answer set (pyliab/asp/reasons.py) ---------------------------------------------------------------

class Reasons {
  constructor(texts, variables) {
    this.variables = variables;
    this.true = new Set();
    [this.heads, this.bodies, this.elements, this.why] = [new Map(), new Map(), new Map(), new Map()];
    const add = (map, key, value) => (map.has(key) ? map.get(key).push(value) : map.set(key, [value]));
    for (const text of texts) {
      const { name, args } = parse(text);
      const instance = args.length > 1 ? `${args[0].text}${args[1].text}` : "";
      if (name === "_head") add(this.heads, args[2].text, { rule: args[0].name, values: args[1].args, key: instance, order: written(args[1]) });
      else if (name === "_body") add(this.bodies, instance, { place: args[2].number, kind: args[3].name, term: args[3].args });
      else if (name === "_element") add(this.elements, `${instance} ${args[2].text}`, args[3].text);
      else if (name !== "_fire") this.true.add(text);
    }
    for (const rows of this.heads.values()) rows.sort((a, b) => bySigns(a.rule, b.rule) || bySigns(a.order, b.order));
    for (const rows of this.bodies.values()) rows.sort((a, b) => a.place - b.place);
    this.rank();
  }

  behind(instance, place) {
    return (this.elements.get(`${instance.key} ${place}`) || []).slice().sort(bySigns);
  }

  needs(instance) {
    const rows = this.bodies.get(instance.key) || [];
    return new Set(rows.flatMap((row) => [...(row.kind === "pos" ? [row.term[0].text] : []), ...this.behind(instance, row.place)]));
  }

  /** Breadth first from the facts, so that the first support found is a lowest one and none is circular. */
  rank() {
    const queue = [...this.true].filter((atom) => !this.heads.has(atom)).sort(bySigns);
    const reached = new Set(queue);
    const waiting = new Map();
    const derive = (atom, instance) => {
      if (reached.has(atom)) return;
      reached.add(atom);
      this.why.set(atom, instance);
      queue.push(atom);
    };
    for (const [atom, instances] of this.heads) {
      for (const instance of instances) {
        const needs = this.needs(instance);
        const entry = { atom, instance, missing: needs.size };
        for (const need of needs) waiting.has(need) ? waiting.get(need).push(entry) : waiting.set(need, [entry]);
        if (!needs.size) derive(atom, instance);
      }
    }
    for (const atom of queue) {
      for (const entry of waiting.get(atom) || []) {
        entry.missing -= 1;
        if (!entry.missing) derive(entry.atom, entry.instance);
      }
    }
  }
}

// ---- sentences (pyliab/law/words.py) ------------------------------------------------------------------------------------

class Phrases {
  constructor(base, names) {
    [this.base, this.names] = [base, names];
  }

  say(message, values) {
    return both((lang) => filled(this.base.say[message][lang], Object.fromEntries(
      Object.entries(values || {}).map(([name, value]) => [name, value?.[lang] ?? value]))));
  }

  listed(parts, separator = "; ") {
    return both((lang) => parts.map((part) => part[lang]).filter(Boolean).join(this.base.say[separator]?.[lang] ?? separator));
  }

  capital(text) {
    return both((lang) => text[lang].charAt(0).toUpperCase() + text[lang].slice(1));
  }

  word(name) {
    return this.names[name] || this.base.words[name] || this.base.issues[name]?.title || same(name);
  }

  value(term, kind) {
    if (kind === "word" && this.base.words[term.text]) return this.base.words[term.text];
    if (term.number !== undefined) return this.day(term.number);
    if (term.string !== undefined) return this.amount(term.string, kind) || this.base.provisions[term.string] || same(term.string);
    if (term.name === "basis") return this.value(term.args[0]);
    if (term.args.length && this.base.predicates[term.name]) {
      const sentence = this.atom(term);
      return both((lang) => sentence[lang].replace(/^The /, "the "));
    }
    return this.word(term.text);
  }

  day(number) {
    if (number < 10000101 || number > 99991231) return same(number);
    const parts = { year: Math.floor(number / 10000), month: Math.floor(number / 100) % 100, day: number % 100 };
    return both((lang) => filled(this.base.say.day[lang], parts));
  }

  amount(text, kind) {
    if (kind === "share") return same(text.split("-").map(percent).join("–"));
    if (kind !== "yuan") return null;
    const [whole, part] = text.split(".");
    const grouped = whole.replace(/(?<=\d)(?=(\d{3})+$)/g, ",");
    return same(!part || part === "00" ? grouped : `${grouped}.${part}`);
  }

  sentence(templates, values, kinds = {}) {
    const named = Object.fromEntries(Object.entries(values).map(([name, term]) => [name, this.value(term, kinds[name])]));
    return both((lang) => {
      let text = templates[lang];
      for (const [name, value] of Object.entries(named)) {
        // a party that is called what the sentence calls it is named once
        const called = value[lang].replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
        if (called) text = text.replace(new RegExp(`${called}\\s?(?=\\{${name}\\})`, "gi"), "");
      }
      const said = filled(text, Object.fromEntries(Object.entries(named).map(([name, value]) => [name, value[lang]])));
      return lang === "en" ? said.replace(/^[a-z]/, (c) => c.toUpperCase()) : said;
    });
  }

  atom(term, how = "so") {
    const predicate = this.base.predicates[term.name];
    if (!predicate || predicate.args.length !== term.args.length) return same(term.text);
    const values = Object.fromEntries(predicate.args.map((argument, i) => [argument.name, term.args[i]]));
    const kinds = Object.fromEntries(predicate.args.map((argument) => [argument.name, argument.type]));
    const unsaid = Object.keys(values).filter((name) => this.base.unsaid.includes(values[name].text));
    const templates = both((lang) => {
      const less = (text, name) => text.replace(new RegExp(this.base.as_to[lang].replace("PLACE", `\\{${name}\\}`), "g"), "");
      return unsaid.reduce(less, predicate[how][lang]).trim();
    });
    return this.sentence(templates, values, kinds);
  }

  stated(term) {
    return this.atom(term, term.positive ? "so" : "not");
  }

  position(issue, position) {
    const known = this.base.issues[issue]?.positions[position];
    return known ? this.say("{issue}: {position}", { issue: this.base.issues[issue].title, position: known.title }) : same(`${issue}=${position}`);
  }

  /** A liability as a sentence: that of its form. */
  owed(liability) {
    const label = this.base.forms[liability.form];
    const beside = this.listed(liability.with.map((name) => this.word(name)), " and ");
    const values = { debtor: this.word(liability.debtor), creditor: this.word(liability.creditor), with: beside.en ? beside : this.base.wrongdoer };
    if (label?.sentence) return both((lang) => filled(label.sentence[lang], Object.fromEntries(Object.entries(values).map(([n, v]) => [n, v[lang]]))));
    return this.say("{label}: {value}", { label: this.say("{debtor} is liable to {creditor}", values), value: label?.name || same(liability.form) });
  }
}

/** A share as per cent where that is exact, else as a fraction. */
function percent(text) {
  const [part, whole] = text.includes("/") ? text.split("/").map(Number) : [Number(text), 1];
  const cents = (part * 10000) / whole;
  return Math.abs(cents - Math.round(cents)) < 1e-9 ? `${Math.round(cents) / 100}%` : text;
}

// ---- from atoms to liabilities (pyliab/law/world.py) ----------------------------------------------------------------------

/** What clingo printed, by reading: the atoms with `certain` or `possible`, and of each liability why. */
function readings(lines) {
  const out = [];
  let reading, why;
  for (const line of lines) {
    const [kind, text] = line.split("\t");
    if (kind === "reading") out.push(reading = { id: text, atoms: [], nobody: false, impossible: false, why: new Map() });
    else if (kind === "impossible" || kind === "nobody") reading[kind] = true;
    else if (kind === "why") reading.why.set(text, why = { carried: [], true: [], sure: new Set() });
    else if (kind === "carried" || kind === "true") why[kind].push(text);
    else if (kind === "sure") why.sure.add(text);
    else reading.atoms.push({ text, certain: kind === "certain" });
  }
  return out;
}

function liabilities(base, reading) {
  const drafts = new Map();
  const rows = reading.atoms.map((atom) => ({ ...atom, term: parse(atom.text) })).sort((a, b) => bySigns(a.text, b.text));
  const key = (term) => term.args.slice(1, 4).map((argument) => argument.text).join(" ");
  for (const { term, certain, text } of rows.filter((row) => row.term.name === "owed")) {
    const [debtor, creditor, form] = term.args.slice(1).map((argument) => argument.text);
    drafts.set(key(term), {
      id: `${debtor}:${form}:${creditor}`, debtor, creditor, form, status: certain ? "certain" : "possible",
      with: [], basis: [], harms: [], ceiling: "", order: "", recourse: {}, only_possible: {}, atom: text,
    });
  }
  const details = new Map([...drafts.keys()].map((name) => [name, new Map()]));
  for (const { term, certain } of rows) {
    const of = term.args.length > 3 && details.get(key(term));
    if (!of) continue;
    const argument = (name) => term.args[base.predicates[term.name].args.findIndex((each) => each.name === name)];
    const note = (kind, value) => of.set(`${kind}\t${value}`, of.get(`${kind}\t${value}`) || certain);
    if (term.name === "liable" && argument("With").text !== base.nobody) note("with", argument("With").text);
    else if (term.name === "rests_on") note("basis", plainTerm(argument("Basis")));
    else if (term.name === "covers") note("harms", argument("Harm").text);
    else if (term.name === "recourse") note(`recourse:${argument("With").text}`, argument("Extent").text);
    else if (term.name === "terms") Object.assign(drafts.get(key(term)), { ceiling: argument("Ceiling").text, order: argument("Order").text });
  }
  for (const [name, draft] of drafts) {
    for (const [entry, sure] of details.get(name)) {
      const [kind, value] = entry.split("\t");
      const partner = kind.startsWith("recourse:") && kind.slice(9);
      (partner ? (draft.recourse[partner] ||= []) : draft[kind]).push(value);
      if (!sure && draft.status === "certain") (draft.only_possible[kind] ||= []).push(value);
    }
  }
  return [...drafts.values()];
}

function plainTerm(term) {
  const inner = term.string === undefined && term.args.length ? term.args[0] : term;
  return inner.string ?? inner.text;
}

// ---- proofs (pyliab/law/proof.py) -------------------------------------------------------------------------------------------

class Explainer {
  constructor(base, kase, reading, phrases) {
    Object.assign(this, { base, kase, reading, phrases });
    this.facts = new Map(kase.facts.flatMap((fact) => [[factText(kase, fact), fact], [`-${factText(kase, fact)}`, fact]]));
    this.harms = new Set(Object.keys(kase.harms));
  }

  explain(liability, why) {
    this.reasons = new Reasons(why.true, this.base.variables);
    const shown = new Map();
    const steps = this.roots(liability, why).map((atom) => {
      const basis = parse(atom).args[1].text;
      if (!shown.has(basis)) shown.set(basis, new Map());
      return this.step(atom, shown.get(basis));
    });
    const carried = why.carried.map(parse);
    const positions = carried.filter((term) => term.name === "position").map((term) => term.args.map((each) => each.text).join("="));
    const order = [...this.reading.own, ...this.reading.assumed].map((pair) => pair.join("="));
    const place = (name) => (order.includes(name) ? order.indexOf(name) : order.length);
    positions.sort((a, b) => place(a) - place(b) || bySigns(a, b));
    const facts = carried.filter((term) => term.name !== "position").map((term) => term.text).sort(bySigns);
    return { ...liability, positions, disputed_facts: facts, steps, reasons: this.carry(positions, steps) };
  }

  roots(liability, why) {
    const roots = new Map();
    const owes = why.true.filter((text) => text.startsWith("owes("));
    for (const text of owes.sort((a, b) => why.sure.has(b) - why.sure.has(a) || bySigns(a, b))) {
      const [of, basis, debtor, , creditor, harm, form] = parse(text).args.map((each) => each.text);
      if (of !== this.kase.id || debtor !== liability.debtor || creditor !== liability.creditor || form !== liability.form) continue;
      if (!roots.has(`${basis} ${harm}`)) roots.set(`${basis} ${harm}`, text);
    }
    return [...roots.values()];
  }

  step(text, shown) {
    if (shown.has(text)) return { kind: "rule", atom: text, says: shown.get(text).says, rule: shown.get(text).rule, shown: true, of: [], cites: [], words: [] };
    const instance = this.reasons.why.get(this.inferred(text) || text);
    if (!instance) return this.leaf(text);
    const note = this.base.rules[instance.rule];
    const names = this.base.variables[instance.rule];
    const bindings = Object.fromEntries(names.map((name, i) => [name, instance.values[i]]));
    const others = this.reasons.heads.get(text) || [];
    const cites = this.governing(instance.values, this.cited(note.cites));
    const step = {
      kind: "rule", atom: text, says: this.phrases.sentence(note, bindings), rule: instance.rule, cites,
      words: cites.filter((name) => note.words[name] && this.applied(name)),
      also: others.filter((other) => other.rule === instance.rule && other.key !== instance.key).length,
      grounds: [...new Set(others.map((other) => other.rule).filter((rule) => rule !== instance.rule))], less: note.less,
      of: (this.reasons.bodies.get(instance.key) || []).map((row) => this.condition(instance, row, shown)),
    };
    shown.set(text, step);
    return step;
  }

  condition(instance, row, shown) {
    if (row.kind === "pos") return this.step(row.term[0].text, shown);
    if (row.kind === "neg") return this.absent(row.term[0]);
    if (row.kind === "compare") {
      const [sign, left, right] = row.term;
      const signs = { "<=": "≤", ">=": "≥", "!=": "≠" };
      const says = this.phrases.listed([this.phrases.value(left), same(signs[sign.string] || sign.string), this.phrases.value(right)], " ");
      return { kind: "compare", atom: `${left.text} ${sign.string} ${right.text}`, says, of: [] };
    }
    const text = row.term[0].string;
    return { kind: "set", atom: text, says: same(text), of: this.reasons.behind(instance, row.place).map((atom) => this.step(atom, shown)) };
  }

  /** The conclusion by which a fact holds that nobody proved. */
  inferred(text) {
    const atom = parse(text);
    if (!atom.args.length) return null;
    const so = atom.positive ? [text, "so"] : [text.slice(1), "not_so"];
    const conclusion = `inferred(${atom.args[0].text},${so[0]},${so[1]})`;
    return this.reasons.true.has(conclusion) ? conclusion : null;
  }

  leaf(text) {
    const atom = parse(text);
    const fact = this.facts.get(text);
    if (atom.name === "position") {
      const [issue, position] = atom.args.map((each) => each.text);
      return { kind: "position", atom: `${issue}=${position}`, says: this.phrases.position(issue, position), status: this.standing(issue), of: [] };
    }
    if (!fact) return { kind: this.base.law.includes(atom.name) ? "law" : "given", atom: text, says: this.phrases.atom(atom), of: [] };
    const so = atom.positive ? "proved" : "disproved";
    const status = fact.status === "disputed" ? `disputed, taken as ${so}` : so;
    return { kind: "fact", atom: text, says: this.phrases.stated(atom), status, note: fact.note, group: this.base.predicates[atom.name].group, of: [] };
  }

  absent(atom) {
    const word = this.base.predicates[atom.name];
    const opposite = this.facts.get(atom.positive ? atom.text : atom.text.slice(1));
    let status = word?.group ? "not stated" : "not derived";
    if (opposite) status = opposite.status !== "disproved" && !atom.positive ? "proved" : opposite.status;
    return { kind: "absent", atom: `not ${atom.text}`, says: this.phrases.stated(atom), status, of: [] };
  }

  standing(issue) {
    return ["own", "assumed"].find((how) => this.reading[how].some(([name]) => name === issue)) || "open";
  }

  inForce(provision) {
    if (this.base.asked.includes(provision)) return this.reasons.true.has(`in_force(${this.kase.id},"${provision}")`);
    const [first, last] = this.base.days[provision];
    return first <= this.kase.day && this.kase.day <= last;
  }

  /** What is cited, without provisions that do not speak to the case, unless none does. */
  cited(cites) {
    const then = cites.filter((name) => !this.base.days[name] || this.inForce(name));
    return then.some((name) => this.base.days[name]) ? then : cites;
  }

  applied(name) {
    return Boolean(this.base.days[name]) && (!this.base.asked.includes(name) || this.inForce(name));
  }

  /** The same without laws of the case that do not govern the claims the step is about, unless none does. */
  governing(values, cites) {
    const harms = values.filter((value) => this.harms.has(value.text));
    const asked = harms.length ? cites.filter((name) => this.base.asked.includes(name)) : [];
    const governs = (name) => harms.some((harm) => this.reasons.true.has(`governs(${this.kase.id},"${name}",${harm.text})`));
    const governing = asked.filter(governs);
    return governing.length ? cites.filter((name) => !asked.includes(name) || governing.includes(name)) : cites;
  }

  /** Few lines: the norm whose conditions are met, the facts that tell, the positions that decide. */
  carry(positions, proofs) {
    const steps = [];
    const walk = (step) => { steps.push(step); step.of.forEach(walk); };
    proofs.forEach(walk);
    const open = steps.filter((step) => !step.shown);
    const rows = [];
    const norms = new Map();
    for (const step of open) if (step.kind === "rule" && parse(step.atom).name === "fulfilled" && !norms.has(step.rule)) norms.set(step.rule, step);
    for (const step of norms.values()) rows.push(this.phrases.say("{label}: {value}", { label: this.base.cites[step.cites[0]] || same(step.cites[0]), value: step.says }));
    const facts = new Map(open.filter((step) => step.kind === "fact" && this.base.telling.includes(step.group)).map((step) => [step.atom, step]));
    const stands = { "proved: ": ["disproved", "proved"], "in dispute, taken so here: ": ["disputed, taken as proved", "disputed, taken as disproved"] };
    for (const [label, known] of Object.entries(stands)) {
      const said = known.flatMap((status) => [...facts.values()].filter((step) => step.status === status)).map((step) => step.says);
      if (said.length) rows.push(this.phrases.listed([this.phrases.say(label), this.phrases.listed(said)], ""));
    }
    const silent = new Map(open.filter((step) => step.kind === "absent" && step.status === "not stated").map((step) => [step.atom, step.says]));
    if (silent.size) rows.push(this.phrases.listed([this.phrases.say("nobody stated: "), this.phrases.listed([...silent.values()])], ""));
    const taken = positions.map((name) => {
      const [issue, position] = name.split("=");
      return this.phrases.listed([this.phrases.position(issue, position), this.base.standing[this.standing(issue)]], "");
    });
    return taken.length ? [...rows, this.phrases.listed(taken)] : rows;
  }
}

// ---- asking -----------------------------------------------------------------------------------------------------------------

function factText(kase, fact) {
  return `${fact.word}(${[kase.id, ...fact.args].join(",")})`;
}

/** The facts of a case as a program: what is in dispute holds or does not (pyliab/asp/symbols.py). */
function program(base, kase) {
  const rows = [`occurred(${kase.id},${kase.day}).`, ...(kase.decided ? [`decided(${kase.id},${kase.decided}).`] : [])];
  const words = new Map();
  for (const fact of kase.facts) {
    const text = factText(kase, fact);
    if (fact.status === "disputed") {
      rows.push(`disputed(${kase.id},${fact.word},${text}).`);
      words.set(fact.word, fact.args.length + 1);
    } else rows.push(`${fact.status === "proved" ? "" : "-"}${text}.`);
  }
  for (const [word, arity] of words) rows.push(base.disputes[arity].replaceAll("word__", word));
  return rows.join("\n");
}

const inLua = (value) => (Array.isArray(value) ? `{${value.map(inLua).join(",")}}`
  : value && typeof value === "object" ? `{${Object.entries(value).map(([key, each]) => `${key}=${inLua(each)}`).join(",")}}`
    : JSON.stringify(value));

/** Ask of one thing: every reading what follows, or (`why`) one reading with its proofs. `solve` runs clingo on a text. */
function Law(base, solve) {
  const inLuaScript = (question) => ["#script (lua)", `QUESTION = ${inLua(question)}`, base.ask, "#end."];

  function ask(kase, asked, why) {
    const disputed = kase.facts.filter((fact) => fact.status === "disputed").map((fact) => factText(kase, fact));
    const question = { readings: asked, disputed: disputed.flatMap((text) => [text, `-${text}`]), why };
    return readings(solve([why ? base.reasons : base.plain, base.given, program(base, kase), ...inLuaScript(question)].join("\n")));
  }

  const key = (each) => `${each.debtor}\t${each.creditor}\t${each.form}`;
  const names = (kase) => ({ ...kase.parties, ...kase.items, ...kase.harms });
  const plainly = (reading) => ({ id: reading.id, own: reading.own, assumed: reading.assumed, open: reading.open });

  return {
    /** The readings by what they come to, each group with its sentences, in the order of `derive`. */
    overview(kase) {
      const phrases = new Phrases(base, names(kase));
      const groups = new Map();
      for (const reading of ask(kase, base.readings.map(plainly), false)) {
        const owed = liabilities(base, reading).sort((a, b) => bySigns(key(a), key(b)));
        const certain = owed.some((each) => each.status === "certain");
        const nobody = reading.impossible ? null : !owed.length ? "certain" : !certain && reading.nobody ? "possible" : null;
        const outcome = JSON.stringify([owed.map((each) => [each.id, each.status]), nobody, reading.impossible]);
        if (!groups.has(outcome)) groups.set(outcome, { readings: [], liabilities: owed, nobody, impossible: reading.impossible });
        groups.get(outcome).readings.push(reading.id);
      }
      const ordered = [...groups.values()].sort((a, b) => (a.nobody !== null) - (b.nobody !== null) || b.readings.length - a.readings.length);
      return ordered.map((group) => ({ ...group, says: sentences(phrases, group) }));
    },

    /** Why nobody is liable under some readings: the fewest facts that would change it, and the positions, by reading. */
    lacks(kase, ids) {
      const phrases = new Phrases(base, names(kase));
      const open = new OpenCase(base, kase);
      const standings = new Map(open.standings(phrases).map((each) => [each.atom, each]));
      const question = {
        readings: base.readings.filter((each) => ids.includes(each.id)).map(plainly), largest: base.open.largest, most: base.open.most,
        new: [...standings.values()].map(({ atom, unstated, says }) => ({ atom, unstated, says })),
      };
      const law = base.plain.replace(/^#show.*$/gm, ""); // of what is shown alone, consequences would be told
      const out = {};
      let reading, lack;
      for (const line of solve([law, base.given, base.open.rules, open.program(), ...inLuaScript(question)].join("\n"))) {
        const [kind, text] = line.split("\t");
        if (kind === "reading") out[text] = reading = { unstated: [], positions: [] };
        else if (kind === "position") reading.positions.push(parse(text).args.map((each) => each.text).join("="));
        else if (kind === "lack") reading.unstated.push(lack = { facts: [], basis: [] });
        else if (kind === "basis") lack.basis = [...new Set([...lack.basis, plainTerm(parse(text))])].sort(bySigns);
        else {
          const { fact, standing } = standings.get(text);
          const says = phrases.atom(parse(term(fact.word, [kase.id, ...fact.args])));
          lack.facts.push({ word: fact.word, args: fact.args, status: standing === "proved" ? "proved" : "disproved", instead_of: fact.own, says });
        }
      }
      return out;
    },

    /** What follows under some readings, each liability with its reasons and its proof: the liabilities by reading. */
    why(kase, ids) {
      const phrases = new Phrases(base, names(kase));
      const asked = base.readings.filter((each) => ids.includes(each.id));
      const answers = ask(kase, asked.map(plainly), true);
      return Object.fromEntries(answers.map((answer, i) => {
        const explainer = new Explainer(base, kase, asked[i], phrases);
        const owed = liabilities(base, answer).map((each) => explainer.explain(each, answer.why.get(each.atom)));
        owed.sort((a, b) => bySigns(a.status, b.status) || bySigns(key(a), key(b)));
        return [answer.id, owed.map((each) => ({ ...each, says: phrases.capital(phrases.owed(each)) }))];
      }));
    },
  };
}

/** What is certain, each a sentence; what is possible, party by party, and whether it may be nobody. */
function sentences(phrases, group) {
  const { base } = phrases;
  const rows = group.liabilities.filter((each) => each.status === "certain").map((each) => [phrases.capital(phrases.owed(each)), "certain"]);
  const open = group.liabilities.filter((each) => each.status === "possible");
  for (const pair of new Set(open.map((each) => `${each.debtor}\t${each.creditor}`))) {
    const [debtor, creditor] = pair.split("\t");
    const owed = phrases.say("{debtor} is liable to {creditor}", { debtor: phrases.word(debtor), creditor: phrases.word(creditor) });
    const forms = open.filter((each) => each.debtor === debtor && each.creditor === creditor).map((each) => base.forms[each.form]?.name || same(each.form));
    rows.push([phrases.say("Open: {owed} — {forms}", { owed, forms: phrases.listed(forms) }), "possible"]);
  }
  if (group.nobody) rows.push([phrases.say(group.nobody === "certain" ? "Nobody is liable." : "Or nobody is liable."), group.nobody]);
  if (group.impossible) rows.push([phrases.say("these positions cannot stand together, or the case contradicts itself"), "possible"]);
  return rows;
}

// ---- the worker -------------------------------------------------------------------------------------------------------------

/** clingo, started from its compiled bytes: gives what it prints of a program, line by line. */
async function started(wasm) {
  const [lines, faults] = [[], []];
  const instantiateWasm = (imports, done) => {
    WebAssembly.instantiate(wasm, imports).then(({ instance, module }) => done(instance, module));
    return {};
  };
  const clingo = await Module({ print: (line) => lines.push(line), printErr: (line) => faults.push(line), instantiateWasm });
  return (text) => {
    lines.length = faults.length = 0;
    const status = clingo.ccall("run", "number", ["string", "string"], [text, "--outf=3 --warn=none"]);
    if ([33, 65, 128].includes(status)) throw new Error(faults.join("\n"));
    return lines.slice();
  };
}

if (typeof Module === "function") {
  let law, start;
  self.onmessage = async ({ data }) => {
    if (data.wasm) {
      start = async () => { law = Law(data.base, await started(data.wasm)); };
      await start();
      self.postMessage({ ready: true });
      return;
    }
    try {
      self.postMessage({ answer: law[data.ask](...data.of) });
    } catch (fault) {
      await start(); // what broke off has left clingo in no state to go on
      self.postMessage({ fault: fault.message });
    }
  };
}
