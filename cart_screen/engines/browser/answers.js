/*
Answers as they are given, checked before the engine reads them; units; and the errors of all scripts.

  CartScreen.checking(questions) -> checked({answers, absent}) -> {values, absent}, as maps
      Throws CartScreen.AnswersInvalid with every problem at once, as strict as Python. `questions` is a map.

  CartScreen.lazy(object, parts): adds properties that are computed when first read, and once.
*/
(() => {
  "use strict";
  const CartScreen = (globalThis.CartScreen = globalThis.CartScreen || {});
  const REASONS = ["not-asked", "asked-unknown", "asked-declined", "not-applicable"];

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

  const checking = (questions) => {
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

    return checked;
  };

  Object.assign(CartScreen, { REASONS, checking, convert, lazy, union, CartScreenError, AnswersInvalid });
})();
