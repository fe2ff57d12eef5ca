// Answers requests as plain JSON: what the browser engine says, state by state. Runs in Node and in a page.
(() => {
  "use strict";
  const programs = new Map();

  const state = (one) => ({
    answers: one.answers,
    setAside: one.setAside,
    awaiting: one.awaiting,
    toAsk: one.toAsk,
    nextQuestion: one.nextQuestion && one.nextQuestion.id,
    nextScreen: one.nextScreen && { id: one.nextScreen.id, questions: one.nextScreen.questions.map(({ id }) => id) },
    choices: one.nextQuestion && one.choices(one.nextQuestion.id),
    isSettled: one.isSettled,
    settled: one.settled,
    isFinished: one.isFinished,
    progress: one.progress,
    checkAnswers: one.checkAnswers,
    guidance: one.screening.guidance,
  });

  const step = (one, [name, ...values]) => {
    if (name === "answerScreen") {
      const [questions, ticked, none] = values;
      return one.answerScreen(one.screenOf(questions), ticked, none);
    }
    return one[name](...values);
  };

  // Values that JSON has not, for what must be refused.
  const SPECIAL = {
    "js:NaN": NaN,
    "js:Infinity": Infinity,
    "js:-Infinity": -Infinity,
    "js:undefined": undefined,
    "js:10n": 10n,
    "js:Symbol('x')": Symbol("x"),
    "js:() => 61": () => 61,
    "js:new Number(61)": new Number(61),
    "js:new String('male')": new String("male"),
    "js:new Date(0)": new Date(0),
    "js:{ valueOf: () => 61 }": { valueOf: () => 61 },
  };
  const revived = (value) => {
    if (typeof value === "string") return Object.keys(SPECIAL).includes(value) ? SPECIAL[value] : value;
    if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, revived(one)]));
  };

  const asked = {
    program({ name, program }) {
      programs.set(name, program);
      return Object.keys(CartScreen.engine(program).questions).length;
    },
    // What is the same for all answers is left out: a screening is long, and most of it says what a set is.
    short({ program, given }) {
      const { screening, details } = asked.screen({ program, given });
      const { criteria, ...said } = screening;
      const indications = screening.indications.map(({ indication, statuses }) => ({ indication, statuses }));
      const isCounted = (key, value) => (key === "sources" ? value.length : value);
      return JSON.parse(JSON.stringify({ screening: { ...said, indications }, details }, isCounted));
    },
    screen({ program, given }) {
      const engine = CartScreen.engine(programs.get(program));
      return { screening: engine.screen(given), details: engine.details(given) };
    },
    hostile({ program, given }) {
      return CartScreen.engine(programs.get(program)).screen(revived(given));
    },
    walk({ program, given, depth, steps }) {
      let one = CartScreen.questionnaire(programs.get(program), given, { depth });
      const states = [state(one)];
      for (const each of steps) {
        one = step(one, each);
        states.push(state(one));
      }
      return { states, details: one.details };
    },
    contract({ program }) {
      const given = { answers: { age_years: 61 }, absent: {} };
      const one = CartScreen.questionnaire(programs.get(program), given);
      const before = JSON.stringify(one.answers);
      const screen = one.screenOf(["prior_car_t", "active_infection"]);
      const two = one.answer("sex", "female").answerScreen(screen, "active_infection", false);
      given.answers.age_years = 12;
      one.answers.answers.age_years = 12;
      return {
        names: Object.keys(one).sort(),
        isFrozen: Object.isFrozen(one),
        isKept: JSON.stringify(CartScreen.questionnaire(programs.get(program), two.answers).answers) === JSON.stringify(two.answers),
        isUnchanged: before === '{"answers":{"age_years":61},"absent":{}}' && two.answers.answers.age_years === 61,
        screen: screen.id,
        answered: two.answers,
        isOneEngine: CartScreen.engine(programs.get(program)) === CartScreen.engine(programs.get(program)),
        readAgain: one.nextScreen === one.nextScreen && one.screening === one.screening,
        globals: Object.keys(CartScreen).sort(),
      };
    },
    convert: ({ values }) => values.map((three) => CartScreen.convert(...three)),
  };

  globalThis.reply = (request) => {
    try {
      return { said: asked[request.do](request) };
    } catch (error) {
      const { code, problems, question, message } = error;
      return code ? { error: { code, problems, question, message } } : { fault: String(error.stack) };
    }
  };
})();
