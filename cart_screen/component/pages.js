/*
The pages of an interview as elements. Every text is a text node and every style stands in the style sheet.

  CartScreen.pages(view) -> [Element], the page that `view.interview` shows
      view: {page, texts, interview, draft, problems, sends, act}
        draft     what stands in the fields: {choice, number, unit, ticks}
        problems  [{field, text}]: what was wrong with it
        sends     the answers go with a form
        act       {start, submit, back, change, confirm, complete, show, print, restart, pick, focus, clear}: what
                  buttons and fields do
*/
(() => {
  "use strict";
  const CartScreen = globalThis.CartScreen;
  const { h, paragraphs, list, heading, button, link, box, details, row, option, unique, described } = CartScreen.elements;

  CartScreen.pages = (view) => {
    const { page, texts, interview, draft, problems, act } = view;
    const { get, find, say } = texts;
    const { questionnaire } = interview;
    const { screening } = questionnaire;
    const label = (id) => get("questions", id, "label");
    const labels = (ids) => ids.map(label).join("; ");
    const reason = (key) => get("absent", key);
    const topic = (id) => get("topics", id).replace(/[.?!]+$/, "");
    const intended = () => {
      const said = get("intended-use", "paragraphs");
      const kept = say(view.sends ? "sent" : "stays");
      // The last paragraph of a text file is what to do in an emergency; it stays the last one here.
      return [...said.slice(0, -1), kept, ...said.slice(-1), get("intended-use", "regulatory-note")];
    };
    const answer = (id) => {
      const { answers, absent } = questionnaire.answers;
      return id in answers ? texts.value(id, answers[id]) : reason(absent[id]);
    };
    const wrong = (field) => problems.filter((one) => one.field === field);
    const mistakes = (field) => wrong(field).map(({ text }) => h("p", { part: "error", id: `${field}-error` }, text));

    const backLink = () => button(say("back"), act.back, "back");
    const urgent = () => {
      const key = screening.guidance.urgency;
      if (!key) return null;
      const role = interview.news.urgent && "alert";
      return h("div", { part: "urgent", role }, h("strong", {}, get(key, "headline")), h("p", {}, get(key, "text")));
    };
    const news = () =>
      [["set-aside", interview.news.aside], ["counts-again", interview.news.again]]
        .filter(([, ids]) => ids.length)
        .map(([key, ids]) => h("p", { part: "notice" }, say(key, { labels: labels(ids) })));
    const summary = () =>
      problems.length
        ? h(
            "div",
            { part: "error-summary", tabindex: -1, role: "group", "aria-labelledby": "problem" },
            h("h2", { id: "problem" }, say("problem")),
            list(problems.map(({ text, target }) => button(text, () => act.focus(target), "link"))),
          )
        : null;

    const absences = (exclusive) =>
      ["asked-unknown", "asked-declined"].map((key) => option("radio", "choice", key, reason(key), draft.choice === key, exclusive));

    const choices = (question) => [
      view.choices.map((value, at) =>
        option("radio", "choice", at, texts.value(question.id, value), draft.choice === String(at))),
      h("p", { part: "or" }, say("or")),
      absences(),
    ];

    const number = (question) => {
      const units = page.units[question.id];
      // A number and "I don't know" cannot both be the answer: the newest counts.
      const clear = () => act.clear("choice");
      const input = h("input", {
        type: "text", id: "number", name: "number", part: "input", autocomplete: "off",
        inputmode: question.type === "integer" ? "numeric" : "decimal", value: draft.number, oninput: clear,
        "aria-invalid": wrong("number").length ? "true" : null,
        "aria-describedby": described(units.length < 2 && "range", wrong("number").length && "number-error"),
      });
      const unit = units.length < 2 && units[0].label;
      const unitOptions = units.map((one, at) => option("radio", "unit", at, say("unit-range", one), draft.unit === String(at), clear));
      return [
        mistakes("number"),
        h("label", { for: "number", part: "label" }, label(question.id)),
        h("div", { part: "number" }, input, unit && h("span", { part: "unit" }, unit)),
        units.length < 2
          ? h("p", { part: "hint", id: "range" }, say("range", { ...units[0], unit: unit && ` ${unit}` }))
          : h(
              "fieldset",
              { part: "units", "aria-describedby": described(wrong("unit").length && "unit-error") },
              h("legend", {}, say("unit")), mistakes("unit"), unitOptions,
            ),
        h("p", { part: "or" }, say("or")),
        absences(() => ["number", "unit"].forEach(act.clear)),
      ];
    };

    const ticks = (questions) => [
      questions.map(({ id }) => option("checkbox", "tick", id, get("questions", id, "tick"), draft.ticks.includes(id))),
      h(
        "fieldset",
        { part: "others", "aria-describedby": described(wrong("others").length && "others-error") },
        h("legend", {}, say("others")), mistakes("others"),
        option("radio", "choice", "none", say("none-of-the-others"), draft.choice === "none"),
        option("radio", "choice", "asked-unknown", say("others-not-known"), draft.choice === "asked-unknown"),
        option("radio", "choice", "asked-declined", reason("asked-declined"), draft.choice === "asked-declined"),
      ),
    ];

    const progress = () => {
      const isNext = interview.page.screen.questions[0].id === questionnaire.toAsk[0];
      const more = Math.max(0, questionnaire.progress.atMost - (isNext ? 1 : 0));
      return say(more ? "progress" : isNext ? "progress-last" : "progress-changed", { number: interview.number, more });
    };

    const form = (onsubmit, ...children) =>
      h("form", { autocomplete: "off", onsubmit }, children, h("button", { part: "button" }, say("continue")));

    const question = () => {
      const { screen } = interview.page;
      const [first, ...others] = screen.questions;
      const at = others.length ? ["screens", screen.id] : ["questions", first.id];
      const hint = find(...at, "hint");
      const cited = unique(screen.questions.flatMap(({ id }) => texts.sources(id)));
      const fields = others.length ? ticks(screen.questions) : view.choices ? choices(first) : number(first);
      const told = news();
      return [
        h("p", { part: "progress" }, `${topic(first.topic)}. ${progress()}`),
        form(
          act.submit,
          h(
            "fieldset",
            { "aria-describedby": described(told.length && "news", hint && "hint", wrong("choice").length && "choice-error") },
            h("legend", {}, heading(get(...at, "heading"))),
            told.length ? h("div", { id: "news" }, told) : null,
            hint && h("p", { part: "hint", id: "hint" }, hint),
            mistakes("choice"),
            fields,
          ),
          details(
            say("why-and-where"),
            h("h2", {}, say("why")), h("p", {}, get(...at, "why")),
            h("h2", {}, say("where")), h("p", {}, get(...at, "where")),
            cited.length ? [h("h2", {}, say("sources")), list(cited.map(link))] : null,
          ),
        ),
      ];
    };

    const conflict = () => {
      const { conflict: id, questions } = interview.page;
      return form(
        act.pick,
        heading(say("conflict")),
        news(),
        h("p", {}, get("conflicts", id)),
        h(
          "fieldset",
          { "aria-describedby": described(wrong("choice").length && "choice-error") },
          h("legend", {}, say("conflict-choose")), mistakes("choice"),
          questions.map((one) => option("radio", "choice", one, `${label(one)}: ${answer(one)}`)),
          h("p", { part: "or" }, say("or")),
          option("radio", "choice", "keep", say("conflict-keep")),
        ),
      );
    };

    const check = () => {
      const rows = questionnaire.checkAnswers;
      const lines = (some) =>
        h("dl", {}, some.map(({ question: id }) =>
          row(label(id), answer(id),
            h("button", {
              type: "button", part: "change", "aria-label": `${say("change")}: ${label(id)}`, onclick: () => act.change(id),
            }, say("change")))));
      const topics = page.topics
        .map((id) => [id, rows.filter((one) => one.needed && questionnaire.questions[one.question].topic === id)])
        .filter(([, some]) => some.length);
      const past = rows.filter((one) => !one.needed);
      const points = (criteria) => ({ points: criteria.map((id) => get("criteria", id, "title")).join("; ") });
      const { settled } = questionnaire;
      return [
        heading(say("check")),
        news(),
        topics.map(([id, some]) => box("topic", topic(id), lines(some))),
        past.length ? box("topic past", say("no-longer-needed"), lines(past)) : null,
        settled && paragraphs([
          say("settled"),
          Object.keys(settled.decided).length && say("settled-decided", points(Object.keys(settled.decided))),
          settled.open.length && say("settled-open", points(settled.open)),
        ]),
        button(say("check-right"), act.confirm, "button"),
      ];
    };

    const finding = (one) => {
      const found = screening.findings[one.criterion];
      const isTold = one.status !== "met" && !one.contested;
      const told = isTold ? unique(Object.values(one.reasons)) : [];
      const status = one.contested ? "contested" : one.status;
      const rows = one.because.map((given) => `${given.label}: ${given.value}`).join("; ");
      return h(
        "section",
        { part: "finding" },
        h("h3", {}, one.title, " ", h("span", { part: `status ${status}` }, say(`status-${status}`))),
        paragraphs(told.length ? told : [one.sentence]),
        rows && h("p", {}, h("b", {}, `${say("because")}: `), `${rows}.`),
        Object.values(one.cautions).map((said) => h("p", {}, h("b", {}, `${say("cautions")}: `), said)),
        found.sources.length && one.status !== "unknown"
          ? details(say("sources"), list(found.sources.map(link)), h("p", {}, `${say("checked")}: ${one.checked}.`))
          : null,
      );
    };

    const uses = () =>
      details(
        say("indications"),
        screening.indications.map(({ title, statuses }) => {
          const with_ = (status) => Object.keys(statuses).filter((id) => statuses[id] === status);
          return h("div", { part: "use" }, h("h3", {}, title), h("dl", {},
            ["met", "not-met", "unknown"].filter((status) => with_(status).length).map((status) =>
              row(say(`status-${status}`), with_(status).map((id) => get("criteria", id, "title")).join("; ")))));
        }),
      );

    const pointsKey = () => {
      const { because, code } = screening.guidance;
      if (["near", "near-type-open"].includes(because)) return "points-near";
      return code === "discuss-review" ? "points-review" : "points-incomplete";
    };

    const listed = (part, key, entries, ...more) => entries.length && box(part, say(key), list(entries), more);

    const guidance = () => {
      const words = texts.of(questionnaire);
      const shown = words.findings.filter(({ criterion }) => screening.findings[criterion].relevant);
      const read = say("criteria", { title: page.program.criteria.title, date: page.program.criteria.as_of });
      return [
        h("p", { part: "progress" }, say("result")),
        heading(words.headline),
        listed("notice", "conflicts", words.conflicts),
        h("div", { part: "says" }, paragraphs(words.says)),
        listed("points", pointsKey(), words.points),
        listed("products", "products", words.products,
          paragraphs([words.more_uses_open && get("more-uses-note"), get("products-note")])),
        shown.length ? box("findings", say(shown.length > 1 ? "findings" : "findings-one"), shown.map(finding)) : null,
        words.needed.length
          ? box("needed", get("still-needed", "heading"), h("p", {}, get("still-needed", "lead")),
              h("dl", {}, words.needed.map((one) => row(one.label, one.where))))
          : null,
        uses(),
        h(
          "div",
          { part: "actions" },
          button(say("show-sheet"), () => act.show("sheet"), "button"),
          view.hasMore ? button(say("next-complete"), act.complete) : null,
          button(say("change-earlier"), () => act.show("check")),
          button(say("restart"), act.restart),
        ),
        box("small", get("sheet", "about"), paragraphs(
          [[read, words.not_signed_off, words.draft].filter(Boolean).join(" "), say("closing"), ...intended()])),
      ];
    };

    const sheet = () => {
      const made = CartScreen.sheet(page, texts, questionnaire);
      const entry = (one) => [
        one.label && h("b", {}, `${one.label}: `), one.text,
        one.sources.length ? h("small", {}, ` ${CartScreen.cited(made, one)}`) : null,
      ];
      const block = (one) => {
        if (one.entries) return [one.lead && h("p", {}, one.lead), list(one.entries.map(entry))];
        if (one.rows)
          return h("dl", {}, one.rows.map(({ head, entries }) =>
            row(head, entries.map(({ label: name, text }, at) => [at ? "; " : "", name && `${name}: `, h("b", {}, text)]))));
        if (one.numbered)
          return [h("p", {}, one.checked), list(one.numbered.map(([place, source]) => [`[${place}] `, link(source)]))];
        return h("p", {}, one.text);
      };
      const sections = [...made.first, ...made.body, ...made.small_print];
      return [
        heading(made.title),
        paragraphs(made.opening),
        sections.map((one) => box(`sheet ${one.id}`, one.heading, one.blocks.map(block))),
        h("div", { part: "actions" }, button(say("print"), act.print, "button")),
      ];
    };

    const start = () => [
      heading(say("title")),
      box("intended-use", get("intended-use", "heading"), paragraphs(intended())),
      paragraphs([say("about"), say("kept")]),
      button(say("start"), act.start, "button"),
    ];

    const kind = interview.page.kind;
    const kinds = { start, question, conflict, check, guidance, sheet };
    return [kind !== "start" && backLink(), urgent(), summary(), kinds[kind]()].flat(9).filter(Boolean);
  };
})();
