/*
The questionnaire of cart_screen in the browser: computed from what can still change the guidance, as in Python.

  CartScreen.questionnaire(program, {answers, absent}, {depth}) -> Questionnaire
      `depth` is "settle" (the default) or "complete". Throws CartScreen.AnswersInvalid, and RangeError for the depth.
      A Questionnaire never changes (it is frozen): each method below that gives one with other answers gives a new one.
      Everything is computed when first read, and once.

  answers                  {answers: {id: value}, absent: {id: reason}}: all that was given, also what counts no more
  depth                    "settle" | "complete"
  screening                Screening of the answers that count (engine.js)
  details                  Details of the same answers (engine.js)
  questions                {id: Question} (engine.js), every one, in dictionary order
  setAside                 [id] answers that are kept and do not count
  awaiting                 [id] still to be asked, and able to change the guidance
  toAsk                    [id] all that is worth asking, in order
  nextQuestion             Question or null
  nextScreen               {id, questions: [Question]} or null: one question, or several yes/no questions together
                           (then `id` is the screen's name, whose words are `screens.ID`)
  isFinished               nothing is left to ask
  isSettled                no answer can change the code of the guidance any more
  settled                  {code, decided: {criterion: status}, open: [criterion]} or null
  progress                 {asked, atMost}: screens answered, and how many more there can be at most
  checkAnswers             [{question, value, absent, needed}] in dictionary order; value and absent are null where not
  choices(id)              [value] options that contradict nothing said so far (all, where every one would)
  screenOf([id])           {id, questions}: the screen on which some questions stand together

  answer(id, value)        -> Questionnaire; throws AnswersInvalid
  answerAbsent(id, reason) -> Questionnaire; "asked-unknown" is "I don't know"
  answerScreen(screen, [id ticked], noneOfTheOthers) -> Questionnaire; the others become false only where
                           `noneOfTheOthers` is true, else asked-unknown. `screen` is {id, questions} or the id of
                           nextScreen. Throws AnswersInvalid where something is ticked that is not on the screen.
  change(id, value)        -> Questionnaire; throws CartScreen.QuestionNotAnswered (code "question-not-answered",
                           question) where there was no answer
  withdraw(id)             -> Questionnaire, as if it had not been asked
  atDepth(depth)           -> Questionnaire with the same answers
*/
(() => {
  "use strict";
  const CartScreen = globalThis.CartScreen;
  const { AnswersInvalid, CartScreenError, lazy, union } = CartScreen;
  const DEPTHS = ["settle", "complete"];

  class QuestionNotAnswered extends CartScreenError {
    constructor(question) {
      super("question-not-answered", "There is no answer to change. Give one with answer().", { question });
    }
  }

  const only = ({ values, absent }, isKept) => {
    const kept = (part) => new Map([...part].filter(([id]) => isKept(id)));
    return { values: kept(values), absent: kept(absent) };
  };
  const without = (answers, id) => only(answers, (other) => other !== id);
  const plain = ({ values, absent }) => ({ answers: Object.fromEntries(values), absent: Object.fromEntries(absent) });

  const questionnaireOf = (engine, given, depth) => {
    if (!DEPTHS.includes(depth)) throw new RangeError(`The depth is one of ${DEPTHS.join(", ")}.`);
    const { program, questions, derived, askIf, factsOf, resolve, over, inOrder } = engine;
    const { derivations, points, questions: every, readers, urgency } = program;
    const ids = (wanted) => every.filter(wanted).map(({ id }) => id);
    const reads = (possible) =>
      union(readers.nothing, readers.always, ...possible.map(({ indication }) => indication.reads));

    // The questions whose answers still count in the situation that the answers describe.
    const neededIn = (answers) => {
      const leftOut = [];
      for (const [id, node] of askIf) {
        if (!answers.values.has(id)) continue;
        const reader = over(resolve(answers));
        const holds = reader.truth(node);
        const waiting = holds ? [] : engine.awaited(node, reader);
        // A condition that waits for nothing but what was left out cannot come to hold.
        if (holds > 0 || (!holds && !(waiting.length && waiting.every((one) => leftOut.includes(one))))) continue;
        answers = without(answers, id);
        leftOut.push(id);
      }
      const counting = reads(factsOf(answers).possible);
      return [...answers.values.keys(), ...answers.absent.keys()].filter((id) => counting.has(id));
    };
    const needed = new Set(neededIn(given));
    const facts = factsOf(only(given, (id) => needed.has(id)));
    const { answers, record, truth, compute, asking, conflicts } = facts;

    // The answers that are only read in place of a better one, where the better one is known.
    const passedOver = () => {
      const [later, before] = [new Set(), new Set(readers.told)];
      for (const { question, sources } of derivations) {
        const isKnown = ({ value }) => (value[0] === "given" ? answers.values.has(question) : compute(value) !== undefined);
        const place = sources.findIndex((source) => isKnown(source) && truth(source.if) > 0);
        if (place < 0 || !record.has(question)) continue;
        sources.forEach((source, at) => source.reads.forEach((id) => (at > place ? later : before).add(id)));
      }
      return [...later].filter((id) => {
        if (!answers.values.has(id) || before.has(id) || derived.has(id)) return false;
        const left = without(answers, id);
        const resolved = resolve(left);
        const others = [...record].filter(([other]) => other !== id);
        const isSame = others.length === resolved.size && others.every(([other, value]) => resolved.get(other) === value);
        const reader = over(new Map([...resolved, ...left.values]));
        return isSame && conflicts.every(([, node]) => reader.truth(node) > 0);
      });
    };

    const mentions = ({ id }) => given.values.has(id) || !["not-asked", undefined].includes(given.absent.get(id));
    const isOpen = (id) => !questions[id].internal && questions[id].asked !== "never" && !mentions({ id });
    const mayAsk = (id) => isOpen(id) && asking(id) > 0;
    const formulas = new Map(readers.formulas);
    // Where only formulas read a question, one of them must be such that it can still be computed.
    const mayHelp = (id) => {
      const canCompute = (inputs) => inputs.every((other) => record.has(other) || mayAsk(other));
      return mayAsk(id) && (!formulas.has(id) || formulas.get(id).some(canCompute));
    };
    const couldAsk = (id) => (isOpen(id) && !asking(id) ? facts.awaited(askIf.get(id)).some(isOpen) : mayAsk(id));

    const urgent = () => urgency.flatMap(([, node]) => facts.awaited(node));
    // Before one of these codes is shown, the safety questions are asked even where they cannot change it.
    const safety = () =>
      /match|review/.test(facts.guidance.code) ? ids(({ id, safety }) => safety && !record.has(id) && mayAsk(id)) : [];
    const others = () => {
      const settling = self.awaiting.length ? self.awaiting : safety();
      if (depth === DEPTHS[0] || conflicts.length) return settling;
      const { closest, namesProduct, findings, possible } = facts;
      const shown = namesProduct ? closest.indication.points : closest ? program.general.slice(1) : [];
      const wanted = union(
        settling,
        ...Object.values(findings).map(({ awaiting }) => awaiting),
        ...shown.flatMap((point) => points[point].cautions.map(({ when }) => facts.awaited(when))),
        // Asked for the sheet, and only of people who may take it along.
        possible.length ? readers.nothing : []
      );
      return inOrder(wanted).filter(mayHelp);
    };
    const mayFollow = () => {
      const matters = depth === DEPTHS[1] && !conflicts.length ? reads(facts.possible) : [];
      const could = [...matters, ...urgent()].filter(couldAsk);
      const found = union(facts.awaiting(couldAsk), could, ids(({ id, safety }) => safety && isOpen(id)));
      return self.isFinished ? [] : [...found].filter((id) => !self.toAsk.includes(id));
    };

    const like = (changed, newDepth = depth) => questionnaireOf(engine, changed, newDepth);
    // What is changed keeps its place, and what is new comes last.
    const withMore = (values, absent) => {
      const part = (old, more, others) => [...old].filter(([id]) => others.every(([other]) => other !== id)).concat(more);
      const changed = { values: part(given.values, values, absent), absent: part(given.absent, absent, values) };
      return like(engine.checked(plain(changed)));
    };
    const answer = (id, value) => withMore([[id, value]], []);
    const nameOf = (id) => questions[id].screen || id;
    const screenOf = (wanted) => {
      const members = every.filter(({ id }) => wanted.includes(id));
      const [{ id }] = members;
      return { id: members.length > 1 ? nameOf(id) : id, questions: members };
    };

    const self = {
      depth,
      questions,
      answer,
      answerAbsent: (id, reason) => withMore([], [[id, reason]]),
      answerScreen(screen, ticked, noneOfTheOthers) {
        const shown = screen && screen.questions ? screen : self.nextScreen;
        if (!shown || (shown !== screen && shown.id !== screen)) throw new RangeError("This is no screen to answer.");
        const asked = shown.questions.map(({ id }) => id);
        const ticks = [ticked].flat();
        const problems = ticks
          .filter((id) => !asked.includes(id))
          .map((question) => ({ question, found: "a tick", allowed: `one of ${asked.join(", ")}` }));
        if (problems.length) throw new AnswersInvalid(problems);
        const isKnown = (id) => noneOfTheOthers === true || ticks.includes(id);
        const unknown = asked.filter((id) => !isKnown(id));
        return withMore(
          asked.filter(isKnown).map((id) => [id, ticks.includes(id)]),
          unknown.map((id) => [id, "asked-unknown"])
        );
      },
      change(id, value) {
        if (!mentions({ id })) throw new QuestionNotAnswered(id);
        return answer(id, value);
      },
      withdraw: (id) => like(without(given, id)),
      atDepth: (newDepth) => like(given, newDepth),
      screenOf,
      choices(id) {
        const { type, options } = questions[id];
        if (type === "boolean") return [true, false];
        const { values, absent } = without(answers, id);
        const free = options.filter((option) =>
          factsOf({ values: new Map([...values, [id, option]]), absent }).conflicts.every((one) => conflicts.includes(one))
        );
        return type === "string" && free.length ? free : options;
      },
    };
    lazy(self, {
      answers: () => plain(given),
      screening: () => facts.screening,
      details: () => facts.details,
      setAside: () => inOrder(given.values).filter((id) => !needed.has(id)),
      awaiting: () => facts.awaiting(mayHelp),
      toAsk: () => {
        const first = ids(({ id, asked }) => asked === "always" && mayAsk(id));
        return [...union(first, facts.urgency === null ? [] : urgent().filter(mayAsk), others())];
      },
      nextQuestion: () => questions[self.toAsk[0]] || null,
      nextScreen: () => {
        const [first] = self.toAsk;
        return first ? screenOf(self.toAsk.filter((id) => nameOf(id) === nameOf(first))) : null;
      },
      isFinished: () => !self.toAsk.length,
      isSettled: () => !conflicts.length && !facts.awaitingAny.length,
      settled: () => {
        const relevant = Object.entries(facts.findings).filter(([, one]) => one.relevant);
        const statuses = relevant.map(([id, { status }]) => [id, status]);
        const [decided, open] = [true, false].map((is) => statuses.filter(([, status]) => (status !== "unknown") === is));
        const said = { code: facts.guidance.code, decided: Object.fromEntries(decided), open: open.map(([id]) => id) };
        return self.isSettled ? said : null;
      },
      progress: () => {
        const screens = (some) => new Set(some.map(nameOf)).size;
        return { asked: screens(ids(mentions)), atMost: screens(self.toAsk) + mayFollow().length };
      },
      checkAnswers: () => {
        const readNoMore = passedOver();
        return every.filter(mentions).map(({ id }) => ({
          question: id,
          value: given.values.has(id) ? given.values.get(id) : null,
          absent: given.absent.get(id) || null,
          needed: needed.has(id) && !readNoMore.includes(id),
        }));
      },
    });
    return Object.freeze(self);
  };

  const questionnaire = (program, answers, { depth = DEPTHS[0] } = {}) => {
    const engine = CartScreen.engine(program);
    return questionnaireOf(engine, engine.checked(answers), depth);
  };

  Object.assign(CartScreen, { questionnaire, QuestionNotAnswered });
})();
