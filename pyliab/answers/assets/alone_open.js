/* The case with all open that nobody stated or that is denied (pyliab/asp/open_facts.py), for rules/analysis/open.lp. */
"use strict";

const UNDATED = "undated";
const TYPES = { party: "parties", item: "items", harm: "harms" };

class OpenCase {
  constructor(base, kase) {
    [this.base, this.kase] = [base, kase];
    this.domain();
    const varied = ({ args, declared }) => !declared.length && !args.some(({ type }) => ["yuan", "share"].includes(type));
    const told = kase.facts.filter((fact) => base.open.uses[fact.word] && (fact.status === "disputed" || varied(base.predicates[fact.word])));
    const denied = told.filter((fact) => fact.status === "disproved").map((fact) => this.fact(fact.word, fact.args, "disproved"));
    const known = new Set(kase.facts.map((fact) => `${fact.word} ${fact.args}`));
    const words = Object.keys(base.predicates).filter((word) => base.predicates[word].group && base.open.uses[word] && varied(base.predicates[word]));
    const unstated = words.flatMap((word) => this.tuples(word).map((args) => this.fact(word, args, "unstated")));
    this.facts = [...denied, ...unstated.filter((fact) => !known.has(`${fact.word} ${fact.args}`))].filter((fact) => fact.offered.length > 1);
    this.told = kase.facts.filter((fact) => fact.status === "disputed" || varied(base.predicates[fact.word]));
  }

  /** A party is put only at an argument whose name it bears in a stated fact, or that another word lends it. */
  domain() {
    const { kase, base } = this;
    const [bears, at, sufferers, dates, harmDates] = [{}, {}, new Set(), [kase.day], []];
    for (const fact of kase.facts) {
      const { args, declared } = base.predicates[fact.word];
      args.slice(1).forEach((argument, i) => {
        const value = fact.args[i];
        if (argument.type === "party") {
          (bears[argument.name] ||= []).push(value);
          (at[`${fact.word} ${argument.name}`] ||= []).push(value);
          if (declared.length) sufferers.add(value);
        } else if (argument.type === "date" && /^\d+$/.test(value)) {
          dates.push(Number(value));
          if (declared.length) harmDates.push(Number(value));
        }
      });
    }
    const parties = Object.keys(kase.parties);
    this.at = at;
    this.players = Object.fromEntries(Object.entries(bears).map(([name, who]) => [name, parties.filter((party) => who.includes(party))]));
    this.others = { party: parties.filter((party) => !sufferers.has(party)), item: Object.keys(kase.items), harm: Object.keys(kase.harms) };
    const every = [...new Set(dates)].sort((a, b) => b - a);
    const few = every.length <= base.open.dates || !harmDates.length ? every.slice(0, base.open.dates)
      : [...new Set([Math.min(...harmDates), Math.max(...harmDates)])].sort((a, b) => b - a);
    this.dates = few.map(String);
  }

  values(word, argument) {
    if (argument.optional) return ["any"];
    if (argument.type === "date") return [...this.dates, UNDATED];
    if (argument.words.length) return argument.words;
    const lent = this.base.predicates[word].played.filter(([name]) => name === argument.name).flatMap(([, other, place]) => this.at[`${other} ${place}`] || []);
    const own = this.players[argument.name]?.length ? this.players[argument.name] : this.others[argument.type] || [];
    return [...new Set([...own, ...lent])];
  }

  tuples(word) {
    const places = this.base.predicates[word].args.slice(1);
    const all = places.reduce((rows, argument) => rows.flatMap((row) => this.values(word, argument).map((value) => [...row, value])), [[]]);
    const parties = (args) => args.filter((_, i) => places[i].type === "party");
    return all.filter((args) => new Set(parties(args)).size === parties(args).length);
  }

  /** The standings that some rule tells apart, the own one first. */
  fact(word, args, own) {
    const signs = this.base.open.uses[word];
    const never = args.includes(UNDATED);
    const dated = own === "unstated" && this.base.predicates[word].args.some((argument) => argument.type === "date" && !argument.optional);
    const others = [...(signs.includes(true) && !never ? ["proved"] : []), ...(signs.includes(false) && !(dated && !never) ? ["disproved"] : [])];
    if (own !== "unstated" && signs.includes(own === "proved")) others.push("unstated");
    return { word, args, own, term: term(word, args), offered: [own, ...others.filter((each) => each !== own)] };
  }

  program() {
    const { kase, base } = this;
    const rows = [`occurred(${kase.id},${kase.day}).`, `open(${kase.id}).`];
    for (const fact of kase.facts) rows.push(`states(${kase.id},${term(fact.word, fact.args)},${fact.status}).`);
    for (const fact of this.facts) rows.push(...fact.offered.map((standing) => `offered(${fact.term},${standing}).`));
    const every = new Map([...this.facts, ...this.told].map(({ word, args }) => [term(word, args), [word, args]]));
    for (const [fact, [word, args]] of every) {
      const { args: [, ...places], once } = base.predicates[word];
      const matter = args.map((value, i) => (places[i].type === "date" ? "whenever" : value));
      rows.push(`may(${fact},${word}).`, `matter(${fact},${term(word, matter)}).`);
      if (args.includes(UNDATED)) rows.push(`never(${fact}).`);
      if (once.length) rows.push(`single(${fact},${term(word, args.filter((_, i) => once.includes(places[i].name)))}).`);
    }
    for (let size = 0; size <= base.open.largest; size += 1) rows.push(`size(${size}).`);
    return rows.join("\n");
  }

  /** The standings that facts may newly have, what cases ordinarily state first. */
  standings(phrases) {
    const rows = this.facts.flatMap((fact, place) => ["proved", "disproved", "disputed", "unstated"].filter((each) => each !== fact.own && fact.offered.includes(each))
      .map((standing) => ({ fact, standing, place, often: this.base.open.often[fact.word] || 0 })));
    rows.sort((a, b) => (a.standing !== "proved") - (b.standing !== "proved") || b.often - a.often || a.place - b.place);
    return rows.map(({ fact, standing }) => ({
      atom: `status(${this.kase.id},${fact.term},${standing})`, unstated: standing === "unstated",
      says: phrases.atom(parse(term(fact.word, [this.kase.id, ...fact.args]))).en, fact, standing,
    }));
  }
}

const term = (word, args) => (args.length ? `${word}(${args.join(",")})` : word);
