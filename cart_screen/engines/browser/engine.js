/*
The browser engine of cart_screen: reads answers under one criteria set, three-valued, as the Python engine does.

A classic script without dependency; all that it defines stands on the global `CartScreen`.

  CartScreen.engine(program) -> Engine
      `program` is what cart_screen/engines/browser/program.py gives: plain JSON, one set as of one date; of another
      format it throws a CartScreen.CartScreenError with the code "program-unknown". One program has one engine.

  engine.screen({answers, absent}) -> Screening
      `answers` maps question ids to values (null: asked and not known), `absent` ids to one of
      "not-asked", "asked-unknown", "asked-declined", "not-applicable". Both may be left out.
      Throws CartScreen.AnswersInvalid: nothing is coerced, and what is no answer is refused.

  engine.questions -> {id: Question}
      Question: {id, type: "boolean" | "string" | "integer" | "number", options: [value], minimum, maximum (or null),
        topic, units: [{code, multiply, divide}] (UCUM, the canonical one first), asked: "always" | "auto" | "never",
        safety, internal, screen (name of the screen that it stands on with others, or null), allowed (for a message)}

  Screening, plain data: the keys and values of Python's Screening.to_dict() for all that is not words:
      {format, criteria: {set, title, jurisdiction, as_of, answers, documents, draft, notes},
       guidance: {code, because, urgency, points: [{reason, recoverable}], indications: [title]},
       findings: {criterion: {title, status, relevant, because: {id: value}, awaiting: [id],
           reasons: [{reason, recoverable}], cautions: [{caution, title, sources}], strength, verified, signed_off,
           sources: [{title, url, verified, read}]}},
       indications: [{indication, version, document, title, disease, effective, effective_note, product, approval,
           draft, sources, statuses: {criterion: status}}],
       awaiting: [id], needed: [{question}], conflicts: [{conflict, questions: [id]}]}
    `needed` is what a person would look up, in order: name it with the words `questions.ID.label` and `.where`.
    The words of a screening are found by its keys, as cart_screen/texts.py does: guidance `code` or `code-because`,
    urgency as a key at the top, `reasons.KEY.STATUS` (points: `not-met`), `criteria.CRITERION.STATUS`, and so on.

  engine.details({answers, absent}) -> Details, what words need beside the screening:
      {possible: [indication], closest: indication or null, namesProduct, moreUsesOpen, signedOff,
       contested: [criterion] (findings that rest on answers in conflict: say `contested` for their sentence),
       shown: {criterion: [id]} (those of `because` that are shown as rows), resolved: {id: value}}

  CartScreen.convert(value, multiply, divide) -> number
      value * multiply / divide with decimal factors taken exactly and one rounding, as Python converts units.
      To the canonical unit: convert(value, unit.multiply, unit.divide); from it: convert(value, unit.divide, unit.multiply).

  CartScreen.AnswersInvalid: a CartScreenError with code "answers-invalid" and problems [{question, found, allowed}], all
      at once: those of Python, but that none names questions of similar ids. Its message names no answer.
*/
(() => {
  "use strict";
  const CartScreen = (globalThis.CartScreen = globalThis.CartScreen || {});
  const FORMAT = "cart-screen-program/1";
  const REASONS = ["not-asked", "asked-unknown", "asked-declined", "not-applicable"];
  const VERIFIED = ["primary", "secondary", "unverified"];
  const INCOMPLETE = "discuss-incomplete";
  // A truth is 1 (holds), -1 (does not) or 0 (unknown): "and" is the least, "or" the greatest, "not" the minus.
  const STATUS = { "-1": "not-met", 0: "unknown", 1: "met" };

  const sure = (holds) => (holds ? 1 : -1);
  const both = (...truths) => Math.min(1, ...truths);
  const either = (...truths) => Math.max(-1, ...truths);
  const union = (...sets) => new Set(sets.flatMap((set) => [...set]));

  // Adds properties that are computed when first read, and once.
  const lazy = (object, parts) => {
    for (const name of Object.keys(parts)) {
      let found;
      Object.defineProperty(object, name, { get: () => (found = found || [parts[name]()])[0], enumerable: true });
    }
    return object;
  };

  class CartScreenError extends Error {
    constructor(code, message, more) {
      super(message);
      Object.assign(this, { code, ...more });
    }
  }
  class AnswersInvalid extends CartScreenError {
    constructor(problems) {
      super("answers-invalid", "Some answers are not allowed: see problems.", { problems });
    }
  }

  // Writes a value for a message as JSON would; long text is cut.
  const written = (value) => {
    if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
    if (value !== null && typeof value === "object") return Array.isArray(value) ? "a list" : "an object";
    return String(value);
  };

  // The decimal number that was meant, as a whole number and a power of ten.
  const exact = (number) => {
    const [digits, power] = number.toExponential().split("e");
    const [whole, part = ""] = digits.split(".");
    return [BigInt(whole + part), power - part.length];
  };
  const convert = (...values) => {
    const [[a, m], [b, n], [c, o]] = values.map(exact);
    const above = a * b * 10n ** BigInt(m + n - o + 1000);
    // Digits far beyond what a number holds, and one more for what is left: the text is then rounded once.
    return Number(`${above / c}${above % c ? 1 : 0}e-1001`);
  };

  const engineOf = (program) => {
    if (program.format !== FORMAT) throw new CartScreenError("program-unknown", `This is no ${FORMAT}.`);
    const { nodes, points, indications, five, derivations, codes, general } = program;
    const every = program.questions;
    const questions = new Map(every.map((question) => [question.id, question]));
    const derived = new Map(derivations.map((derivation) => [derivation.question, derivation]));
    const askIf = new Map(program.ask_if);
    const inOrder = (found) => [...questions.keys()].filter((id) => found.has(id));
    // The places of the label among the five.
    const label = [0, 1, 2];

    // ---- Truths and values over a record of resolved answers

    // Gives the reader of a record: the truth of a node, or of the node at a place.
    const over = (record) => {
      const known = [];
      const truth = (node) => {
        if (!Array.isArray(node)) return node in known ? known[node] : (known[node] = truth(nodes[node]));
        const [op, a, b] = node;
        const terms = node.slice(1);
        const value = record.get(a);
        const compare = (holds) => (typeof value === "number" ? sure(holds) : 0);
        switch (op) {
          case "name":
            return truth(a);
          case "is":
            return value === undefined ? 0 : sure(node.indexOf(value, 2) > 0);
          case ">=":
            return compare(value >= b);
          case "<=":
            return compare(value <= b);
          case ">":
            return compare(value > b);
          case "<":
            return compare(value < b);
          case "and":
            return both(...terms.map(truth));
          case "or":
            return either(...terms.map(truth));
          case "one": {
            const open = terms.map(truth).filter((one) => one >= 0);
            const holding = open.filter((one) => one);
            return holding.length > 1 ? -1 : open.length > holding.length ? 0 : sure(holding.length);
          }
          case "if": {
            const [asked, yes, no] = terms.map(truth);
            return both(either(-asked, yes), either(asked, no), either(yes, no));
          }
          default:
            return -truth(a);
        }
      };
      const compute = ([op, a, b, c]) => {
        switch (op) {
          case "value":
            return a;
          case "known":
            return record.has(a) ? b : undefined;
          case "map":
            return (b.find(([key]) => key === record.get(a)) || [])[1];
          case "if":
            return truth(a) ? compute(truth(a) > 0 ? b : c) : undefined;
          case "*":
          case "/":
          case "-": {
            const [left, right] = [compute(a), compute(b)];
            if (typeof left !== "number" || typeof right !== "number") return undefined;
            const found = op === "*" ? left * right : op === "/" ? left / right : left - right;
            return Number.isFinite(found) ? found : undefined;
          }
          default:
            return record.get(a);
        }
      };
      return { record, truth, compute };
    };

    // One value per question where it is known, derived answers included.
    const resolve = ({ values, absent }) => {
      const record = new Map(values);
      const pending = new Set([...absent.keys()].filter((id) => absent.get(id) === REASONS[0]));
      for (const { question, sources } of derivations) {
        const { truth, compute } = over(record);
        let found;
        let isFound = false;
        let isToCome = false;
        for (const source of sources) {
          const holds = truth(source.if);
          if (holds < 0) continue;
          const value = isFound ? undefined : compute(source.value);
          if (value !== undefined) [found, isFound] = [holds ? value : found, true];
          // A source that is still to come is not passed over for a poorer one.
          const missing = source.reads.filter((id) => !record.has(id));
          const isHalfGiven = record.has(source.measured) && missing.some((id) => !absent.has(id));
          isToCome = isHalfGiven || missing.some((id) => pending.has(id));
          if (isToCome) break;
        }
        record.delete(question);
        if (found !== undefined) {
          record.set(question, found);
          pending.delete(question);
        } else if (isToCome) pending.add(question);
      }
      return record;
    };

    // ---- What an open truth awaits, and what a decided one rests on

    // The terms that a truth rests on: once the condition is known, the branch that is not taken says nothing.
    const taken = ([op, a, b, c], truth) => (op === "if" && truth(a) ? [truth(a) > 0 ? b : c] : null);

    const awaited = (node, { record, truth, compute }) => {
      const found = new Set();
      const open = (place) => {
        if (truth(place)) return;
        const own = nodes[place];
        if (typeof own[1] === "string") wait(own[1]);
        else (taken(own, truth) || (own[0] === "name" ? [own[1]] : own.slice(1))).forEach(open);
      };
      const openInputs = ([op, a, b, c]) => {
        if (typeof a === "string") {
          if (op !== "given" && op !== "value") wait(a);
        } else if (op === "if") {
          open(a);
          [b, c].filter((branch) => compute(branch) === undefined).forEach(openInputs);
        } else if (op !== "value") [a, b].forEach(openInputs);
      };
      const wait = (id) => {
        if (record.has(id) || found.has(id)) return;
        if (!questions.get(id).internal) found.add(id);
        for (const source of derived.has(id) ? derived.get(id).sources : []) {
          if (truth(source.if) < 0) continue;
          open(source.if);
          openInputs(source.value);
        }
      };
      open(node);
      return inOrder(found);
    };

    // A minimal set of answers that forces a node; answers that stand earlier in the dictionary are kept.
    const because = (node, record) => {
      const decided = over(record).truth(node);
      const kept = new Map(decided ? record : []);
      for (const id of inOrder(kept).reverse()) {
        const value = kept.get(id);
        kept.delete(id);
        if (over(kept).truth(node) !== decided) kept.set(id, value);
      }
      return inOrder(kept);
    };

    // Goes to every named condition that a truth rests on; `say` gives what one adds to what stands in it.
    const named = (place, truth, wanted, say) => {
      const own = nodes[place];
      const [op, a, b, c] = own;
      if (truth(place) !== wanted) return [];
      const inside = (terms) => terms.flatMap((term) => named(term, truth, wanted, say));
      if (op === "name") return say(own, () => inside([a]));
      return inside(op === "if" ? taken(own, truth) || [b, c] : /and|or|one/.test(op) ? own.slice(1) : []);
    };
    // The outermost ones with a reason, as reasons.
    const reasons = (place, truth, wanted) => {
      const found = named(place, truth, wanted, ([, , reason, recoverable], inside) => {
        const inner = inside();
        return inner.length || !reason ? inner : [{ reason, recoverable }];
      });
      return [...new Map(found.map((one) => [one.reason, one])).values()];
    };
    // The sources of each, outer and inner, but of one about a case that is not at hand.
    const citing = (place, truth, wanted) =>
      named(place, truth, wanted, ([, , , , sources, about], inside) =>
        about !== null && truth(about) < 0 ? [] : [sources, ...inside()]
      );
    const sourcesOf = (places) => [...new Set(places)].map((place) => program.sources[place]);
    const cited = ({ said, sources }) => ({ ...said, sources: sourcesOf(sources) });
    const weakest = (sources) => VERIFIED[sources.length ? Math.max(...sources.map((one) => VERIFIED.indexOf(one.verified))) : 2];

    // ---- The ladder

    const codeOf = (truths) => truths.reduce((number, truth) => number * 3 + 1 - truth, 0);
    const rung = (truths) => Number(program.rungs[codeOf(truths)]);
    const futures = (outlooks) =>
      outlooks.reduce((before, each) => before.flatMap((one) => each.map((truth) => [...one, truth])), [[]]);
    const kept = new Map();
    // Whether a rung, where better than a sure one, can depend on the status at a place.
    const canDepend = (outlooks, place, surest) => {
      const key = `${outlooks.join("|")};${place};${surest}`;
      if (!kept.has(key)) {
        const rungs = (future) => [1, 0, -1].map((truth) => Math.min(surest, rung(Object.assign([...future], { [place]: truth }))));
        kept.set(key, futures(outlooks).some((future) => new Set(rungs(future)).size > 1));
      }
      return kept.get(key);
    };

    const outcomesBy = (truth) =>
      indications.map((indication) => {
        const truths = indication.points.map((point) => truth(points[point].requirement));
        const own = rung(truths);
        // The rung comes first, then the five in turn: the smallest distance is the closest.
        return { indication, truths, rung: own, isPossible: truths[0] >= 0, distance: own * 243 + codeOf(truths) };
      });
    const closestOf = (outcomes) => outcomes.reduce((best, one) => (best && best.distance <= one.distance ? best : one), null);

    // ---- Facts: what a set of checked answers says

    const factsOf = (answers) => {
      const record = resolve(answers);
      const own = over(record);
      const { truth } = own;
      const given = new Map([...record, ...answers.values]);
      const waiting = new Map();
      const awaits = (point) => {
        const { same, requirement } = points[point];
        if (!waiting.has(same)) waiting.set(same, awaited(requirement, own));
        return waiting.get(same);
      };

      // Traces known answers back to those that were given for them.
      const givenFor = (ids) => {
        const pending = [...ids];
        const found = new Set();
        for (const id of pending)
          if (answers.values.has(id)) found.add(id);
          else if (derived.has(id)) pending.push(...derived.get(id).inputs.filter((other) => record.has(other)));
        return inOrder(found);
      };
      const conflictAnswers = ([, node]) => givenFor(because(node, given));

      const values = (ids) => Object.fromEntries(ids.map((id) => [id, record.get(id)]));
      const finding = (point, relevant = true) => {
        const { title, requirement, cautions, strength, signed_off } = points[point];
        const worth = truth(requirement);
        const sources = sourcesOf(citing(requirement, truth, worth).flat());
        return {
          title,
          status: STATUS[worth],
          relevant,
          because: values(because(requirement, record)),
          awaiting: relevant ? awaits(point) : [],
          reasons: reasons(requirement, truth, worth),
          cautions: cautions.filter(({ when }) => truth(when) > 0).map(cited),
          strength,
          verified: weakest(sources),
          signed_off,
          sources,
        };
      };

      const inGeneral = (place, worth, awaiting, forced) => {
        const nothing = { title: program.cancer_type_title, cautions: [], strength: "label", verified: VERIFIED[2], signed_off: null, relevant: true };
        const like = general[place] === null ? nothing : finding(general[place]);
        const status = STATUS[worth];
        const said = like.status === status ? {} : { reasons: [], sources: [] };
        return { ...like, ...said, status, awaiting, because: values(forced) };
      };

      const impossible = (place) => {
        if (place) return finding(general[place], false);
        const types = indications.map((indication) => points[indication.points[0]].requirement);
        // Of each type only what it rests on as a whole: which of its kinds a label names decides nothing here.
        const sources = sourcesOf(types.flatMap((type) => citing(type, truth, -1)[0] || []));
        const found = inGeneral(0, -1, [], because(["or", ...types], record));
        return { ...found, sources, verified: weakest(sources) };
      };

      // The finding over all possible indications, naming none of them.
      const merged = (place) => {
        const worths = new Set(facts.possible.map((outcome) => outcome.truths[place]));
        const [worth] = worths;
        const at = (one) => facts.possible.map(({ indication }) => indication.points[one]);
        if (worths.size === 1 && worth) {
          const whole = [worth > 0 ? "and" : "or", ...at(place).map((point) => points[point].requirement)];
          return inGeneral(place, worth, [], because(whole, record));
        }
        // The cancer type tells apart which of them will be meant, so it is awaited with each.
        return inGeneral(place, 0, inOrder(union(...[...at(place), ...at(0)].map(awaits))), []);
      };

      const against = (outcomes, places) => {
        const found = outcomes.flatMap(({ indication }) =>
          places.flatMap((place) => reasons(points[indication.points[place]].requirement, truth, -1))
        );
        return found.filter(({ reason }, at) => found.findIndex((other) => other.reason === reason) === at);
      };

      const whyAlternatives = () => {
        if (!facts.possible.length) {
          const ageless = new Map(record);
          ageless.delete(program.age);
          return outcomesBy(over(ageless).truth).some((outcome) => outcome.isPossible) ? "age" : "disease";
        }
        // Active disease implies a treatment; where only the state of the disease is open, nothing is said against it.
        const [state, lines] = [1, 2].map((place) => awaits(general[place]));
        const [isActive, isTreated] = [1, 2].map((place) => truth(points[general[place]].requirement));
        if (isActive < 0 || isTreated < 0 || (!isTreated && lines.every((id) => state.includes(id)))) return "not-now";
        return facts.possible.some(({ truths }) => truths[0] > 0) ? "near" : "near-type-open";
      };
      const isTypeOpen = ({ indication }) =>
        awaits(indication.points[0]).some((id) => id !== program.age && !questions.get(id).safety);

      const guide = () => {
        const said = { code: "discuss-no-criteria", because: null, urgency: facts.urgency, points: [], indications: [] };
        const { outcomes, closest, possible } = facts;
        if (!outcomes.length) return said;
        if (facts.conflicts.length) return { ...said, code: INCOMPLETE, because: "conflict" };
        const best = Math.min(...outcomes.map((outcome) => outcome.rung));
        const standing = outcomes.filter((outcome) => outcome.rung === best);
        said.code = codes[best];
        if (said.code === "discuss-alternatives") {
          said.because = whyAlternatives();
          if (/near/.test(said.because))
            said.points = against(possible.filter(({ distance }) => distance === closest.distance), label);
          return said;
        }
        if (/review|incomplete/.test(said.code)) said.points = against([closestOf(standing)], [3, 4]);
        if (said.code === INCOMPLETE) said.because = standing.every(isTypeOpen) ? "type" : null;
        else if (facts.namesProduct)
          said.indications = outcomes
            .filter(({ truths }) => label.every((place) => truths[place] > 0))
            .map(({ indication }) => indication.said.title);
        return said;
      };

      // The unknown questions that can still change the guidance's code, of those that may come to be known.
      const awaiting = (mayLearn) => {
        const same = ({ indication }, place) => points[indication.points[place]].same;
        const isNeverLower = (first, second) =>
          first.truths.every((one, place) => one > 0 || same(first, place) === same(second, place));
        let leading = [];
        for (const outcome of facts.conflicts.length ? [] : facts.outcomes)
          if (!leading.some((other) => isNeverLower(other, outcome)))
            leading = [...leading.filter((other) => !isNeverLower(outcome, other)), outcome];
        const each = leading.map(({ indication, truths }) => {
          const parts = indication.points.map((point) => awaits(point).filter(mayLearn));
          return [parts, parts.map((part, place) => (part.length ? [1, 0, -1] : [truths[place]]))];
        });
        const surest = Math.min(...each.map(([, outlooks]) => Math.max(...futures(outlooks).map(rung))));
        const matters = ([parts, outlooks]) =>
          parts.filter((part, place) => part.length && canDepend(outlooks, place, surest));
        return inOrder(union(...each.flatMap(matters)));
      };

      const asking = (id) => (askIf.has(id) ? truth(askIf.get(id)) : 1);

      // Those of some awaited questions that a person would look up.
      const worthFinding = (ids) => {
        const wanted = ids.filter((id) => asking(id) > 0 && questions.get(id).asked !== "never");
        const spared = program.readers.spared.filter(([better]) => better.some((id) => wanted.includes(id)));
        return wanted.filter((id) => !spared.some(([, poorer]) => poorer.includes(id)));
      };

      // A derived answer is left out where what it was derived from stands beside it.
      const isShown = (id, _, ids) => {
        const isDerived = derived.has(id) && answers.values.get(id) !== record.get(id);
        return !questions.get(id).internal && !(isDerived && derived.get(id).inputs.some((other) => ids.includes(other)));
      };
      const byCriterion = (make) => Object.fromEntries(five.map((id, place) => [id, make(place)]));
      const idOf = ({ indication }) => indication.said.indication;
      const byFinding = (make) => Object.entries(facts.findings).map(([id, { because }]) => [id, make(Object.keys(because))]);

      const facts = { ...own, answers, awaiting, asking, awaited: (node) => awaited(node, own) };
      return lazy(facts, {
        outcomes: () => outcomesBy(truth),
        possible: () => facts.outcomes.filter((outcome) => outcome.isPossible),
        closest: () => closestOf(facts.possible),
        namesProduct: () => new Set(facts.possible.map(({ indication }) => indication.said.disease)).size === 1,
        conflicts: () => program.conflicts.filter(([, node]) => over(given).truth(node) > 0),
        urgency: () => (program.urgency.find(([, node]) => truth(node) > 0) || [null])[0],
        guidance: guide,
        awaitingAny: () => awaiting(() => true),
        findings: () => {
          const { closest, namesProduct } = facts;
          const one = (place) =>
            !closest ? impossible(place) : namesProduct ? finding(closest.indication.points[place]) : merged(place);
          return indications.length ? byCriterion(one) : {};
        },
        screening: () => ({
          format: "cart-screen-screening/1",
          criteria: program.criteria,
          guidance: facts.guidance,
          findings: facts.findings,
          indications: facts.outcomes.map(({ indication, truths }) => ({
            ...cited(indication),
            statuses: byCriterion((place) => STATUS[truths[place]]),
          })),
          awaiting: facts.awaitingAny,
          needed: worthFinding(facts.awaitingAny).map((question) => ({ question })),
          conflicts: facts.conflicts.map((one) => ({ conflict: one[0], questions: conflictAnswers(one) })),
        }),
        details: () => {
          const doubtful = new Set(facts.conflicts.flatMap(conflictAnswers));
          const contested = byFinding((ids) => givenFor(ids).some((id) => doubtful.has(id)));
          return {
            possible: facts.possible.map(idOf),
            closest: facts.closest && idOf(facts.closest),
            namesProduct: facts.namesProduct,
            moreUsesOpen:
              /match|review/.test(facts.guidance.code) &&
              facts.namesProduct &&
              facts.possible.some((outcome) => codes[outcome.rung] === INCOMPLETE),
            signedOff: indications.every((one) => one.points.every((point) => points[point].signed_off !== null)),
            contested: contested.filter(([, is]) => is).map(([id]) => id),
            shown: Object.fromEntries(byFinding((ids) => ids.filter(isShown))),
            resolved: Object.fromEntries(record),
          };
        },
      });
    };

    // ---- Answers: as strict as Python

    const allows = ({ type, options, minimum, maximum }, value) => {
      if (type === "integer" ? !Number.isInteger(value) : typeof value !== type) return false;
      // Beyond this a number is not exact.
      if (type !== "boolean" && Math.abs(value) > 2 ** 53) return false;
      if (options.length && !options.includes(value)) return false;
      return (minimum === null || value >= minimum) && (maximum === null || value <= maximum);
    };

    // Gives checked answers, or throws with every problem at once.
    const checked = (told) => {
      const problems = [];
      const problem = (question, found, allowed) => problems.push({ question, found, allowed });
      const entries = (name, record = {}) => {
        if (record !== null && typeof record === "object" && !Array.isArray(record)) return Object.entries(record);
        problem(name, written(record), "a mapping of question ids");
        return [];
      };
      const [values, absent] = [new Map(), new Map()];
      const parts = new Map(entries("answers", told));
      for (const key of parts.keys()) if (!/^(answers|absent|format)$/.test(key)) problem(key, "an unknown key", "answers, absent");
      for (const [id, value] of entries("answers", parts.get("answers"))) {
        if (value === null) absent.set(id, REASONS[1]);
        else if (/string|boolean/.test(typeof value) || Number.isFinite(value)) values.set(id, value);
        else problem(id, written(value), "one text, number or yes/no value");
      }
      for (const [id, reason] of entries("absent", parts.get("absent"))) {
        if (values.has(id)) problem(id, `both a value and the reason ${written(reason)}`, "one of the two");
        else if (REASONS.includes(reason)) absent.set(id, reason);
        else problem(id, `the reason ${written(reason)}`, REASONS.join(", "));
      }
      for (const id of [...values.keys(), ...absent.keys()]) {
        const question = questions.get(id);
        if (!question) problem(id, "an unknown question", "a question id of the dictionary");
        else if (question.internal) problem(id, "a derived answer", "the answers that it is derived from");
        else if (values.has(id) && !allows(question, values.get(id))) problem(id, written(values.get(id)), question.allowed);
      }
      if (problems.length) throw new AnswersInvalid(problems);
      return { values, absent };
    };

    return Object.freeze({
      questions: Object.fromEntries(questions),
      screen: (given) => factsOf(checked(given)).screening,
      details: (given) => factsOf(checked(given)).details,
      // What the questionnaire needs beside.
      ...{ program, every, derivations, derived, askIf, checked, factsOf, resolve, over, awaited, inOrder },
    });
  };

  const engines = new WeakMap();
  const engine = (program) => {
    if (!engines.has(program)) engines.set(program, engineOf(program));
    return engines.get(program);
  };

  Object.assign(CartScreen, { engine, convert, lazy, union, CartScreenError, AnswersInvalid });
})();
