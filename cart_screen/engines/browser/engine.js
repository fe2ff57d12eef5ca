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
  const CartScreen = globalThis.CartScreen;
  const { CartScreenError, checking, lazy, union } = CartScreen;
  const FORMAT = "cart-screen-program/1";
  const VERIFIED = ["primary", "secondary", "unverified"];
  const INCOMPLETE = "discuss-incomplete";
  // The status of a truth (rules.js).
  const STATUS = { "-1": "not-met", 0: "unknown", 1: "met" };

  const engineOf = (program) => {
    if (program.format !== FORMAT) throw new CartScreenError("program-unknown", `This is no ${FORMAT}.`);
    const { points, indications, five, codes, general } = program;
    const rules = CartScreen.rules(program);
    const { questions, derived, askIf, inOrder, over, resolve, awaited, because, reasons, citing } = rules;
    const { codeOf, rung, futures, canDepend } = CartScreen.ladder(program);
    const checked = checking(questions);
    // The places of the label among the five.
    const label = [0, 1, 2];

    const sourcesOf = (places) => [...new Set(places)].map((place) => program.sources[place]);
    const cited = ({ said, sources }) => ({ ...said, sources: sourcesOf(sources) });
    const weakest = (sources) => VERIFIED[sources.length ? Math.max(...sources.map((one) => VERIFIED.indexOf(one.verified))) : 2];

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

    return Object.freeze({
      // What the questionnaire needs beside.
      ...{ ...rules, program, checked, factsOf },
      questions: Object.fromEntries(questions),
      screen: (given) => factsOf(checked(given)).screening,
      details: (given) => factsOf(checked(given)).details,
    });
  };

  const engines = new WeakMap();
  const engine = (program) => {
    if (!engines.has(program)) engines.set(program, engineOf(program));
    return engines.get(program);
  };

  CartScreen.engine = engine;
})();
