/* Facts told as sentences, by the sentences of the words and the names of the case (pyliab/kb/sentences.py, text/written.py).
 *
 * Nothing is guessed: a sentence is read if some sentence of a word says it; else those that come near are offered.
 */
"use strict";

class Grammar {
  constructor(base, kase) {
    [this.base, this.kase, this.grammar] = [base, kase, base.grammar];
    this.patterns = new Map();
    const sections = { party: kase.parties, item: kase.items, harm: kase.harms };
    this.called = Object.fromEntries(Object.entries(sections).map(([type, things]) => [type, this.names(things)]));
  }

  pattern(text, flags) {
    const key = `${flags} ${text}`;
    if (!this.patterns.has(key)) this.patterns.set(key, new RegExp(text.replaceAll("(?P<", "(?<"), flags));
    return this.patterns.get(key);
  }

  at(text, pattern, place) {
    const sticky = this.pattern(pattern, "y");
    sticky.lastIndex = place;
    return sticky.exec(text);
  }

  plain(text) {
    return text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").replace(this.pattern(this.grammar.touching, "g"), "");
  }

  bare(text) {
    const { end, grouped, alike } = this.grammar;
    const cleared = this.plain(text).replace(this.pattern(end, ""), "").replace(this.pattern(grouped, "g"), "").replaceAll(",", " ");
    return alike.reduce((said, [sign, variant]) => said.replaceAll(variant, sign), this.plain(cleared).trim());
  }

  unmarked(sentence) {
    const text = this.plain(sentence).replace(this.pattern(this.grammar.end, ""), "");
    for (const [status, mark] of Object.entries(this.grammar.marks)) {
      const match = this.pattern(mark, "").exec(text);
      if (match) return [this.bare(text.slice(0, match.index) + text.slice(match.index + match[0].length)), status];
    }
    return [this.bare(text), null];
  }

  names(things) {
    let names = Object.entries(things).flatMap(([id, name]) => LANGS.map((lang) => [this.plain(name[lang]), id]));
    names = [...names, ...names.map(([name, id]) => [name.replace(/^the /, ""), id])];
    const known = new Set(names.map(([name]) => name));
    return [...names.map(([name, id]) => [this.bare(name), id]).filter(([name]) => name), ...Object.keys(things).filter((id) => !known.has(id)).map((id) => [id, id])];
  }

  /** All that a sentence may say, each a fact that stands as the sentence has it. */
  read(sentence) {
    const [text, mark] = this.unmarked(sentence);
    const facts = new Map();
    for (const [word, so, pieces, slots] of this.grammar.templates) {
      if (!text.startsWith(pieces[0]) || !text.endsWith(pieces.at(-1)) || !pieces.every((piece) => text.includes(piece))) continue;
      const places = this.base.predicates[word].args.slice(1);
      for (const bound of this.matches({ places, pieces, slots }, text, 0, 0, {})) {
        const unsaid = (argument) => (argument.optional ? "any" : so ? this.base.lacking : "undated");
        const args = places.map((argument) => bound[argument.key] ?? unsaid(argument));
        const status = mark && mark !== "proved" ? mark : so ? "proved" : "disproved";
        facts.set(JSON.stringify([word, args, so]), { word, args, status });
      }
    }
    const whole = [...facts.values()].filter((fact) => !fact.args.includes(this.base.lacking));
    return whole.length ? whole : [...facts.values()];
  }

  *matches(template, text, number, place, bound) {
    const skip = () => { if (text[place] === " ") place += 1; };
    skip();
    if (!text.startsWith(template.pieces[number], place)) return;
    place += template.pieces[number].length;
    if (number === template.slots.length) {
      if (place === text.length) yield bound;
      return;
    }
    skip();
    const slot = template.slots[number];
    const argument = template.places.find((each) => each.key === slot);
    for (const [value, end] of this.values(argument, text, place)) {
      if ((bound[slot] ?? value) === value) yield* this.matches(template, text, number + 1, end, { ...bound, [slot]: value });
    }
  }

  /** What may stand at a place for an argument, as clingo writes it, and where it ends. */
  values(argument, text, place) {
    const written = { date: this.date, yuan: this.money, share: this.share }[argument.type];
    if (written) return [written.call(this, text, place)].filter(Boolean);
    const labels = argument.words.flatMap((word) => [...LANGS.map((lang) => [this.bare(this.base.words[word]?.[lang] ?? word), word]), [word, word]]);
    const known = argument.words.length ? labels : this.called[argument.type] || [];
    return known.filter(([name]) => text.startsWith(name, place)).map(([name, value]) => [value, place + name.length]);
  }

  date(text, place) {
    for (const pattern of this.grammar.dates) {
      const match = this.at(text, pattern, place);
      if (!match) continue;
      const { year, month, day, name } = match.groups;
      const number = month ? Number(month) : 1 + this.grammar.months.findIndex((full) => full.startsWith(name));
      const known = new Date(Date.UTC(year, number - 1, day));
      if (known.getUTCMonth() === number - 1 && known.getUTCDate() === Number(day)) return [String(year * 10000 + number * 100 + Number(day)), place + match[0].length];
    }
    return null;
  }

  /** A number in figures, or in the numerals of a language: each digit counts by the unit behind it. */
  number(text) {
    if (text.charCodeAt(0) < 128) return Number(text.replaceAll(",", ""));
    let [total, last] = [0, 0];
    for (const sign of text) {
      const value = this.grammar.numerals[sign];
      [total, last] = value > 9 ? [total + (last || 1) * value, 0] : [total, value];
    }
    return total + last;
  }

  money(text, place) {
    const figure = this.at(text, this.grammar.number, place);
    if (!figure) return null;
    let [value, end] = [this.number(figure[0]), place + figure[0].length];
    const scale = this.at(text, ` ?(${Object.keys(this.grammar.scales).sort((a, b) => b.length - a.length).join("|")})`, end);
    if (scale) [value, end] = [value * this.grammar.scales[scale[1]], end + scale[0].length];
    const fen = Math.round(value * 100);
    return Math.abs(value * 100 - fen) < 1e-6 && fen < 1e15 ? [`"${(fen / 100).toFixed(2)}"`, end] : null;
  }

  share(text, place) {
    const low = this.oneShare(text, place);
    if (!low) return null;
    for (const to of this.grammar.up_to) {
      const dash = this.at(text, to, low[1]);
      const high = dash && this.oneShare(text, low[1] + dash[0].length);
      if (high) return [`"${low[0] === high[0] ? low[0] : `${low[0]}-${high[0]}`}"`, high[1]];
    }
    return [`"${low[0]}"`, low[1]];
  }

  oneShare(text, place) {
    const { percent, tenths, parts, number } = this.grammar;
    for (const [patterns, whole] of [[percent, 100], [tenths, 10], [parts, 0]]) {
      for (const pattern of patterns) {
        const match = this.at(text, pattern.replace("NUMBER", `(?P<part>${number})`).replace("WHOLE", `(?P<whole>${number})`), place);
        if (match) return [ratio(this.number(match.groups.part), whole || this.number(match.groups.whole)), place + match[0].length];
      }
    }
    const match = this.at(text, "0(?:\\.\\d+)?|1(?:\\.0+)?", place);
    return match && [ratio(Number(match[0]), 1), place + match[0].length];
  }

  /** The words whose sentences share most with a text; what stands in few of them says more than what stands in many. */
  near(text, most) {
    const runs = (said) => new Set(said.toLowerCase().match(/[\u3400-\u9fff]|[a-z']{3,}/g)?.flatMap((each, i, all) =>
      (each.charCodeAt(0) > 128 ? [each + (all[i + 1] || "")] : [each.slice(0, 5)])) || []);
    const words = Object.entries(this.base.predicates).filter(([, each]) => each.group);
    const said = words.map(([name, each]) => [name, runs(LANGS.flatMap((lang) => [each.so[lang], each.not[lang]]).join("; ").replace(/\{[^}]*\}/g, ";"))]);
    const stands = new Map();
    for (const [, set] of said) for (const run of set) stands.set(run, (stands.get(run) || 0) + 1);
    const asked = [...runs(text)];
    const score = (set) => asked.reduce((sum, run) => sum + (set.has(run) ? Math.log(1 + said.length / stands.get(run)) : 0), 0) / Math.sqrt(10 + set.size);
    return said.map(([name, set]) => [name, score(set)]).filter(([, each]) => each > 0).sort((a, b) => b[1] - a[1]).slice(0, most).map(([name]) => name);
  }
}

/** A part of a whole as an exact fraction. */
function ratio(part, whole) {
  const gcd = (a, b) => (b ? gcd(b, a % b) : a);
  const [above, below] = [Math.round(part * 1e6), Math.round(whole * 1e6)];
  const by = gcd(above, below);
  return below / by === 1 ? String(above / by) : `${above / by}/${below / by}`;
}

/** The case as a file that `pyliab derive FILE` reads. */
function caseFile(base, kase, id) {
  const quoted = (text) => JSON.stringify(text);
  const texts = (text) => `{zh: ${quoted(text.zh)}, en: ${quoted(text.en)}}`;
  const dashed = (day) => String(day).replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3");
  const rows = [`case: ${id}`, `title: ${texts(kase.title)}`, "kind: hypothetical", `date: ${dashed(kase.day)}`, `about: ${texts(kase.about)}`];
  for (const section of ["parties", "items", "harms"]) {
    const named = Object.entries(kase[section]).map(([name, text]) => `  ${name}: ${texts(text)}`);
    rows.push(...(named.length ? ["", `${section}:`, ...named] : section === "parties" ? ["", "parties: {}"] : []));
  }
  rows.push("", kase.facts.length ? "facts:" : "facts: []");
  for (const fact of kase.facts) {
    const places = base.predicates[fact.word].args.slice(1);
    const given = places.map((argument, i) => [argument, fact.args[i]]).filter(([, value]) => !base.unsaid.includes(value));
    const value = ([argument, text]) => `${argument.key}: ${argument.type === "date" ? dashed(text) : argument.type === "yuan" ? text.slice(1, -1) : text}`;
    rows.push(`  - ${fact.word}: {${given.map(value).join(", ")}}`);
    if (fact.status !== "proved") rows.push(`    status: ${fact.status}`);
    if (fact.note) rows.push(`    note: ${texts(fact.note)}`);
  }
  return `${rows.join("\n")}\n`;
}
