/*
What stands in the fields of a question, as an answer; or what is wrong with it.

  CartScreen.typed({questionnaire, screen, choices, units, texts}, draft) -> {after, typed} or {problem}
      draft    {choice, number, unit, ticks}, as it was read from the fields
      after    the questionnaire with the answer
      typed    {number, unit, value}, where it is a number: how it was given, and what it was read as
      problem  {field, target, text}: the field, the element to go to, and what to do

  CartScreen.drafted({questionnaire, screen, choices}, typedBefore) -> draft
      What stands in the fields of what was answered before; nothing is chosen for anybody.

  CartScreen.missing(texts, key) -> text: what to do where there is no answer
*/
(() => {
  "use strict";
  const CartScreen = globalThis.CartScreen;
  const TYPED = /^[0-9]{1,9}(\.[0-9]{1,6})?$/;
  const COMMA = /^([0-9]{1,9}),([0-9]{1,6})$/;

  const missing = (texts, key) => texts.say(key, { unknown: texts.get("absent", "asked-unknown") });
  const refused = (field, target, text) => ({ problem: { field, target, text } });

  const ticked = ({ questionnaire, screen, texts }, { choice, ticks }) => {
    const others = screen.questions.filter(({ id }) => !ticks.includes(id));
    if (others.length && !choice)
      return ticks.length
        ? refused("others", "choice-none", missing(texts, "others-missing"))
        : refused("choice", `tick-${others[0].id}`, missing(texts, "answer-missing"));
    const after = questionnaire.answerScreen(screen, ticks, choice === "none");
    const isDeclined = choice === "asked-declined";
    return { after: isDeclined ? others.reduce((found, { id }) => found.answerAbsent(id, choice), after) : after };
  };

  const misread = (texts, number, type, unit) => {
    const comma = COMMA.exec(number);
    const said = texts.say(type === "integer" ? "wrong-whole-number" : "wrong-number", { ...unit, unit: unit.label && ` ${unit.label}` });
    const hint = comma && type === "number" ? ` ${texts.say("wrong-comma", { number: `${comma[1]}.${comma[2]}` })}` : "";
    return refused("number", "number", said + hint);
  };

  const counted = ({ questionnaire, screen, units, texts }, { number, unit }) => {
    const [question] = screen.questions;
    const shown = units[question.id];
    const place = shown.length > 1 ? unit : 0;
    if (!number) return refused("number", "number", missing(texts, "number-missing"));
    if (!TYPED.test(number)) return misread(texts, number, question.type, shown[place || 0]);
    if (place === undefined) return refused("unit", "unit-0", missing(texts, "unit-missing"));
    const accepted = question.units[place];
    const value = accepted ? CartScreen.convert(Number(number), accepted.multiply, accepted.divide) : Number(number);
    try {
      return { after: questionnaire.answer(question.id, value), typed: { number, unit, value } };
    } catch (error) {
      if (error.code !== "answers-invalid") throw error;
      return misread(texts, number, question.type, shown[place]);
    }
  };

  const typed = (asked, draft) => {
    const { questionnaire, screen, choices, texts } = asked;
    const { choice } = draft;
    if (screen.questions.length > 1) return ticked(asked, draft);
    if (choice && choice.startsWith("asked-")) return { after: questionnaire.answerAbsent(screen.id, choice) };
    if (!choices) return counted(asked, draft);
    if (!choice) return refused("choice", "choice-0", missing(texts, "answer-missing"));
    return { after: questionnaire.answer(screen.id, choices[choice]) };
  };

  const drafted = ({ questionnaire, screen, choices }, typedBefore) => {
    const { answers, absent } = questionnaire.answers;
    const { id, questions } = screen;
    const draft = { choice: null, number: "", unit: null, ticks: [] };
    if (questions.length > 1) {
      draft.ticks = questions.map((one) => one.id).filter((one) => answers[one] === true);
      const others = questions.filter((one) => answers[one.id] !== true);
      const said = new Set(others.map((one) => (answers[one.id] === false ? "none" : absent[one.id] || null)));
      if (said.size === 1) draft.choice = [...said][0];
    } else if (absent[id]) draft.choice = absent[id];
    else if (id in answers && choices) draft.choice = String(choices.indexOf(answers[id]));
    else if (id in answers) {
      const { value, ...before } = typedBefore[id] || {};
      return { ...draft, ...(value === answers[id] ? before : { number: String(answers[id]), unit: "0" }) };
    }
    return draft;
  };

  Object.assign(CartScreen, { typed, drafted, missing });
})();
