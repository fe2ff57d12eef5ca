/*
The sheet for the appointment in the browser: a port of cart_screen/sheet/content.py, held equal to it by tests.

  CartScreen.sheet(page, texts, questionnaire) -> Sheet
      {title, urgent, opening, first, body, small_print, sources}: the keys of Python's Sheet. A section is
      {id, heading, blocks}; a block is {text}, {entries, lead}, {heads, rows} or {checked, numbered}; an entry is
      {label, text, sources}.

  CartScreen.cited(sheet, entry) -> the numbers of the sources of an entry, such as "[1, 4-6]"
*/
(() => {
  "use strict";
  const CartScreen = globalThis.CartScreen;
  const VERIFIED = ["primary", "secondary", "unverified"];

  const unique = (values) => [...new Set(values)];
  const item = (text, label = "", sources = []) => ({ text, label, sources });
  const items = (entries, lead = "") => ({ entries, lead });
  const paragraphs = (texts) => texts.map((text) => ({ text }));
  const identity = (source) => JSON.stringify(source);
  const place = (sheet, source) => sheet.sources.map(identity).indexOf(identity(source));
  const grouped = (pairs) => {
    const found = new Map();
    for (const [key, value] of pairs) found.set(key, [...(found.get(key) || []), value]);
    return [...found];
  };

  CartScreen.cited = (sheet, entry) => {
    const runs = [];
    for (const number of unique(entry.sources.map((source) => place(sheet, source) + 1)).sort((a, b) => a - b)) {
      const last = runs[runs.length - 1];
      if (last && number === last[last.length - 1] + 1) last.push(number);
      else runs.push([number]);
    }
    const said = runs.map((run) => (run.length > 2 ? `${run[0]}-${run[run.length - 1]}` : run.join(", ")));
    return runs.length ? `[${said.join(", ")}]` : "";
  };

  CartScreen.sheet = (page, texts, questionnaire) => {
    const { get } = texts;
    const { screening, details } = questionnaire;
    const words = texts.of(questionnaire);
    const say = (key) => get("sheet", key);
    const label = (id) => get("questions", id, "label");
    const points = words.findings.filter(({ criterion }) => screening.findings[criterion].relevant);
    const decided = (status) => points.filter((one) => one.status === status && !one.contested);
    const section = (id, heading, blocks) => (blocks.length ? [{ id, heading, blocks }] : []);

    const answers = () => {
      const rows = questionnaire.checkAnswers;
      const counts = ({ question, absent, needed }) =>
        absent ? needed : !questionnaire.setAside.includes(question);
      const isUnknown = ({ absent }) => absent === "asked-unknown";
      const entry = ({ question, value, absent }) =>
        item(absent ? get("absent", absent) : texts.value(question, value), label(question));
      const counting = rows.filter(counts);
      const topics = page.topics.map((topic) => [
        get("topics", topic),
        counting.filter((row) => questionnaire.questions[row.question].topic === topic && !isUnknown(row)).map(entry),
      ]);
      const unknown = counting.filter(isUnknown).map(({ question }) => item(label(question)));
      const past = rows.filter((row) => !counts(row) && !row.absent).map(entry);
      const shown = [...topics, [say("not-known"), unknown], [say("not-needed"), past]]
        .filter(([, entries]) => entries.length)
        .map(([head, entries]) => ({ head, entries }));
      const block = shown.length ? { heads: [say("topic"), say("answer")], rows: shown } : { text: say("no-answers") };
      return section("answers", say("answers"), [block]);
    };

    const linesUp = () => {
      const met = decided("met").map((one) =>
        item(one.because.map((row) => row.label).join("; ") || one.sentence, one.title, one.sources));
      const blocks = met.length ? [items(met)] : [];
      if (words.products.length) {
        blocks.push(items(words.products.map((title) => item(title)), say("products")));
        const notes = words.more_uses_open ? [get("more-uses-note")] : [];
        blocks.push({ text: [...notes, get("products-note")].join(" ") });
      }
      return section("lines-up", say("lines-up"), blocks);
    };

    const toTalkAbout = () => {
      const differing = decided("not-met");
      const named = differing.flatMap((one) => Object.values(one.reasons));
      const told = (one) => {
        const said = unique(Object.values(one.reasons)).join(" ") || one.sentence;
        const rows = one.because.map((row) => `${row.label}: ${row.value}`).join("; ");
        return rows ? `${said} (${rows})` : said;
      };
      const cautions = new Map();
      for (const one of points)
        for (const { caution, sources } of screening.findings[one.criterion].cautions)
          cautions.set(caution, item(one.cautions[caution], say("good-to-know"), sources));
      const entries = [
        ...differing.map((one) => item(told(one), one.title, one.sources)),
        ...unique(words.points).filter((point) => !named.includes(point)).map((point) => item(point)),
        ...cautions.values(),
      ];
      return section("to-talk-about", say("to-talk-about"), entries.length ? [items(entries)] : []);
    };

    const open = () => {
      const left = points.filter((one) => one.status === "unknown" || one.contested);
      const blocks = left.length ? [items(left.map((one) => item(one.title)), say("open"))] : [];
      const places = grouped(words.needed.map((one) => [one.where, one.label]));
      if (places.length) {
        blocks.push({ text: get("still-needed", "lead") });
        blocks.push(items(places.map(([where, labels]) => item(where, labels.join("; ")))));
      }
      return section("open", get("still-needed", "heading"), blocks);
    };

    const treatment = () => {
      const { sections, risks } = texts.words.treatment;
      const uses = screening.indications.filter(({ indication }) => details.possible.includes(indication));
      const possible = uses.map(({ product }) => (product ? product.brand : ""));
      const known = risks.flatMap(({ text, brands, sources }) => {
        const named = brands.filter((brand) => possible.includes(brand));
        const which = named.length && details.namesProduct ? named.join(", ") : say("some-products");
        if (!brands.length) return item(text, "", sources);
        return named.length || possible.includes("") ? item(`${text} (${which})`, "", sources) : [];
      });
      return [...sections, ...(known.length ? section("risks", say("risks"), [items(known)]) : [])];
    };

    const body = [...linesUp(), ...toTalkAbout(), ...open(), ...treatment()];
    const cited = new Map();
    for (const { blocks } of body)
      for (const { entries = [] } of blocks)
        for (const { sources } of entries) for (const one of sources) cited.set(identity(one), one);
    const sources = VERIFIED.flatMap((checked) => [...cited.values()].filter((one) => one.verified === checked));
    const numbered = grouped(sources.map((source, at) => [source.verified, [at + 1, source]]));
    const compared = CartScreen.fill(say("compared"), { title: page.program.criteria.title, date: page.program.criteria.as_of });
    return {
      title: say("title"),
      urgent: words.urgent,
      opening: [say("lead"), [compared, words.not_signed_off, words.draft].filter(Boolean).join(" ")],
      first: [
        ...section("next", words.headline, paragraphs(words.says)),
        ...(words.conflicts.length
          ? section("conflicts", say("conflicts"), [items(words.conflicts.map((text) => item(text)))])
          : []),
        ...answers(),
      ],
      body,
      small_print: [
        ...section("about", say("about"), paragraphs([say("private"), ...words.intended_use])),
        ...section("sources", say("sources"), [
          ...numbered.map(([checked, pairs]) => ({ checked: say(`checked-${checked}`), numbered: pairs })),
          { text: get("documents") },
        ]),
      ],
      sources,
    };
  };
})();
