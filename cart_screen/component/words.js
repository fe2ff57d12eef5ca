/*
The words of a screening in the browser: a port of cart_screen/texts.py, held equal to it by tests.

  CartScreen.texts(page, audience) -> Texts
      `page` is page data (cart_screen/component/data.py); `audience` is "patient", "child" or "clinician".
      What is not said to an audience in words of its own is said as to the patient.

  texts.get(...path), texts.find(...path)   words at a path of keys; `get` throws where there are none
  texts.say(key, {name: value})             words of the layers `web` or `terminal`, filled in
  texts.value(id, value)                    an answer as its option, or as a number with its unit
  texts.sources(id)                         the sources that the words of a question rest on
  texts.of({screening, details})            the words of a screening (engine.js), with the keys of Python's Words
*/
(() => {
  "use strict";
  const CartScreen = (globalThis.CartScreen = globalThis.CartScreen || {});

  const merged = (words = {}, own) => {
    const found = { ...words };
    for (const [key, said] of Object.entries(own))
      found[key] = said.constructor === Object ? merged(words[key], said) : said;
    return found;
  };

  // As Python writes a number that was rounded to two places: halves to even, and 2.999 as 3.0.
  const written = (value) => {
    if (typeof value !== "number" || Number.isInteger(value)) return String(value);
    return ((value * 8) % 4 === 1 ? value - 0.004 : value).toFixed(2).replace(/0$/, "");
  };

  CartScreen.fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name]);

  CartScreen.texts = (page, audience) => {
    const all = merged(page.words, page.audiences[audience] || {});
    const find = (...path) => path.reduce((at, key) => at && at[key], all) || "";
    const get = (...path) => {
      const found = find(...path);
      if (!found) throw new Error(`No words: ${path}`);
      return found;
    };
    const say = (key, values = {}) =>
      CartScreen.fill(find("web", key) || get("terminal", key), values);

    const value = (id, given) => {
      const option = find("questions", id, "options", String(given));
      if (option) return option;
      if (typeof given === "boolean") return get("terminal", given ? "yes" : "no");
      const unit = find("questions", id, "unit");
      return written(given) + (unit && ` ${unit}`);
    };

    const finding = (criterion, found, details) => {
      const contested = details.contested.includes(criterion);
      return {
        criterion,
        title: get("criteria", criterion, "title"),
        status: found.status,
        sentence: contested ? get("terminal", "contested") : get("criteria", criterion, found.status),
        reasons: Object.fromEntries(found.reasons.map(({ reason }) => [reason, get("reasons", reason, found.status)])),
        because: details.shown[criterion].map((question) => ({
          question,
          label: get("questions", question, "label"),
          value: value(question, found.because[question]),
        })),
        cautions: Object.fromEntries(found.cautions.map(({ caution }) => [caution, get("cautions", caution)])),
        sources: found.sources,
        checked: get("verified", found.sources.length ? found.verified : "unverified"),
        contested,
      };
    };

    const said = ({ screening, details }) => {
      const { guidance, findings, criteria } = screening;
      const key = guidance.code + (guidance.because ? `-${guidance.because}` : "");
      return {
        language: page.language,
        audience,
        urgent: guidance.urgency && [get(guidance.urgency, "headline"), get(guidance.urgency, "text")],
        headline: get("guidance", key, "headline"),
        says: get("guidance", key, "says"),
        points: guidance.points.map(({ reason }) => get("reasons", reason, "not-met")),
        conflicts: screening.conflicts.map(({ conflict }) => get("conflicts", conflict)),
        findings: Object.keys(findings).map((criterion) => finding(criterion, findings[criterion], details)),
        needed: screening.needed.map(({ question }) => ({
          question,
          label: get("questions", question, "label"),
          where: get("questions", question, "where"),
        })),
        products: guidance.indications,
        more_uses_open: details.moreUsesOpen,
        not_signed_off: details.signedOff ? "" : get("verified", "not-signed-off"),
        draft: criteria.draft ? get("verified", "draft") : "",
        intended_use: [...get("intended-use", "paragraphs"), get("intended-use", "regulatory-note")],
      };
    };

    const sources = (id) =>
      (find("questions", id, "source") || []).map((cited) => all.sources.find((source) => source.id === cited));

    return { audience, find, get, say, value, sources, of: said, words: all };
  };
})();
