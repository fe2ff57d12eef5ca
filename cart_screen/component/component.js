/*
<cart-screen>: the questionnaire as an element. Nothing leaves the page, and nothing is stored.

  <cart-screen lang="en" criteria="us-fda" mode="patient" depth="settle" name="answers"></cart-screen>

  Attributes: criteria (us-fda where none is named), lang (that of the page), mode: patient, child or clinician (a
      patient's words, and those for a child once an age under 16 is given), depth: settle or complete.
  Properties: answers, the exchange document {format, answers, absent}; it can be set to one, or to a flat object of
      answers, and throws CartScreen.AnswersInvalid. screening, plain data (engine.js), or null before it is loaded.
  Events: cart-screen-change after every answer {answers, guidance}; cart-screen-result once the answers were checked
      {answers, guidance, screening}. Both bubble, and cross shadow roots.
  Form: the value is the exchange document as JSON, once the answers were checked; before there is none.
  Parts: see cart-screen.css; every `part` of pages.js can be styled with ::part().

  CartScreen.define(page) takes page data (data.py): the file of a set and a language calls it. Where it was not called,
  cart-screen.SET.LANGUAGE.js is loaded from the folder of this script. CartScreen.known = {sets: {name: [language]},
  messages: {language: words}} says which there are.
*/
(() => {
  "use strict";
  const CartScreen = globalThis.CartScreen;
  const { h, known } = CartScreen;
  const FORMAT = "cart-screen-answers/1";
  // Below this age somebody else tells of the person, as in the terminal (terminal/voice.py).
  const SPEAKS_FOR_THEMSELVES = 16;
  const MODES = ["patient", "child", "clinician"];
  const TYPED = /^[0-9]{1,9}(\.[0-9]{1,6})?$/;
  const COMMA = /^([0-9]{1,9}),([0-9]{1,6})$/;
  const folder = new URL(".", (document.currentScript && document.currentScript.src) || document.baseURI);
  const style = new CSSStyleSheet();
  style.replaceSync(CartScreen.css);

  const pages = new Map();
  const loading = new Map();
  const key = (set, language) => `${set}.${language}`;

  CartScreen.define = (page) => {
    pages.set(key(page.set, page.language), page);
    known.sets[page.set] = [...new Set([...(known.sets[page.set] || []), page.language])];
  };

  const fileOf = (set, language) => `cart-screen.${set}.${language}.js`;
  const load = (set, language) => {
    const name = key(set, language);
    if (!loading.has(name))
      loading.set(
        name,
        new Promise((resolve, reject) => {
          const onload = () => (pages.has(name) ? resolve() : onerror());
          const onerror = () => {
            script.remove();
            loading.delete(name);
            reject(new Error(name));
          };
          const script = h("script", { src: new URL(fileOf(set, language), folder).href, onload, onerror });
          document.head.append(script);
        }),
      );
    return loading.get(name);
  };

  const copied = (value) => JSON.parse(JSON.stringify(value));

  /** Give answers as the engine checks them: those of an exchange document, or a flat object. */
  const read = (given) => {
    const { format } = given || {};
    if (format === undefined) return { answers: given };
    if (format !== FORMAT) throw new CartScreen.AnswersInvalid([{ question: "format", found: "another one", allowed: FORMAT }]);
    return given;
  };

  class CartScreenElement extends HTMLElement {
    constructor() {
      super();
      this._root = this.attachShadow({ mode: "open" });
      this._root.adoptedStyleSheets = [style];
      this._internals = this.attachInternals();
      this._page = this._interview = this._given = null;
      this._disabled = false;
      this._forget();
    }

    get answers() {
      const given = this._interview ? this._interview.questionnaire.answers : this._given;
      return copied({ format: FORMAT, answers: {}, absent: {}, ...given });
    }

    set answers(given) {
      const answers = read(given);
      if (this._page) {
        this._interview.replace(this._questionnaire(answers));
        this._forget();
        this._show();
      } else this._given = answers;
    }

    get screening() {
      return this._interview && copied(this._interview.questionnaire.screening);
    }

    connectedCallback() {
      if (Object.keys(this).includes("answers")) {
        // It was set before this script ran.
        const { answers } = this;
        delete this.answers;
        this.answers = answers;
      }
      if (!this._page) this._load();
    }

    attributeChangedCallback(name, before, now) {
      if (!this.isConnected || before === now) return;
      if (name === "lang" || name === "criteria") this._load();
      else if (this._page) {
        if (name === "depth") this._interview.replace(this._interview.questionnaire.atDepth(this._depth));
        this._show();
      }
    }

    formResetCallback() {
      if (this._page) this._restart(false);
      this._given = null;
    }

    formDisabledCallback(disabled) {
      this._disabled = disabled;
      this._able();
    }

    get _depth() {
      return this.getAttribute("depth") === "complete" ? "complete" : "settle";
    }

    get _audience() {
      const mode = this.getAttribute("mode");
      if (MODES.includes(mode)) return mode;
      const age = this._interview.questionnaire.answers.answers[this._page.program.age];
      return age < SPEAKS_FOR_THEMSELVES ? "child" : "patient";
    }

    _questionnaire(given) {
      return CartScreen.questionnaire(this._page.program, given, { depth: this._depth });
    }

    /** Find the page data that the attributes name, load it where it is not there, and begin. */
    _load() {
      const set = this.getAttribute("criteria") || "us-fda";
      const own = this.getAttribute("lang");
      const around = this.parentElement && this.parentElement.closest("[lang]");
      const wished = own || (around && around.lang) || "en";
      const [spoken] = wished.split("-");
      const languages = Object.keys(known.sets).includes(set) ? known.sets[set] : [];
      const language = [wished, spoken, own || languages[0]].find((one) => languages.includes(one));
      const said = known.messages[language] || known.messages[spoken] || known.messages.en;
      const tell = (key, values) =>
        this._message(CartScreen.fill(said[key], values), said.language);
      const unknown = (attribute, name, all) => tell("set-unknown", { attribute, name, known: all.join(", ") });
      const before = this._interview ? this._interview.questionnaire.answers : this._given;
      this._page = this._interview = null;
      this._given = before;
      this._loading = set + language;
      this._value();
      if (!languages.length) return unknown("criteria", set, Object.keys(known.sets));
      if (!language) return unknown("lang", wished, languages);
      const begin = () => {
        if (this._loading === set + language) this._begin(pages.get(key(set, language)));
      };
      if (pages.has(key(set, language))) return begin();
      tell("loading");
      return load(set, language).then(begin, () => tell("file-missing", { file: fileOf(set, language) }));
    }

    _begin(page) {
      this._page = page;
      let questionnaire;
      try {
        questionnaire = this._questionnaire(this._given || {});
      } catch (error) {
        // Whoever set them is told as of any error; the questions begin without them.
        questionnaire = this._questionnaire({});
        reportError(error);
      }
      this._given = null;
      this._interview = CartScreen.interview(questionnaire);
      this._forget();
      this._show();
    }

    _forget() {
      this._typed = {};
      this._problems = [];
      this._draft = this._drafted = null;
    }

    _restart(focus = true) {
      this._interview = CartScreen.interview(this._questionnaire({}));
      this._forget();
      this._value();
      this._show(focus);
    }

    _value() {
      const isChecked = this._interview && this._interview.confirmed;
      // No state: the browser would keep it beside the address of the page.
      this._internals.setFormValue(isChecked ? JSON.stringify(this.answers) : null, null);
    }

    _tell(name, more) {
      const { guidance } = this.screening;
      const detail = { answers: this.answers, guidance, ...more };
      this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
    }

    _message(text, language) {
      this._root.replaceChildren(h("div", { part: "page", lang: language }, h("p", { part: "message", role: "status" }, text)));
    }

    _fields(name) {
      return [...this._root.querySelectorAll(`[name="${name}"]`)];
    }

    /** Give what stands in the fields of a question that was answered before; nothing is chosen for anybody. */
    _answered(questions, choices) {
      const { answers, absent } = this._interview.questionnaire.answers;
      const [{ id }] = questions;
      const draft = { choice: null, number: "", unit: null, ticks: [] };
      if (questions.length > 1) {
        draft.ticks = questions.map((one) => one.id).filter((one) => answers[one] === true);
        const others = questions.filter((one) => answers[one.id] !== true);
        const said = new Set(others.map((one) => (answers[one.id] === false ? "none" : absent[one.id] || null)));
        if (said.size === 1) draft.choice = [...said][0];
      } else if (absent[id]) draft.choice = absent[id];
      else if (id in answers && choices) draft.choice = String(choices.indexOf(answers[id]));
      else if (id in answers) {
        const { value, ...typed } = this._typed[id] || {};
        return { ...draft, ...(value === answers[id] ? typed : { number: String(answers[id]), unit: "0" }) };
      }
      return draft;
    }

    _choices({ questions }) {
      const [{ id, type, options }] = questions;
      if (questions.length > 1 || (!options.length && type !== "boolean" && type !== "string")) return null;
      // Whoever changes an answer may mean to change those that it contradicts then, which is asked next.
      return options.length && this._interview.mentions(id) ? options : this._interview.questionnaire.choices(id);
    }

    _show(focus = false) {
      const interview = this._interview;
      const { page } = interview;
      const texts = CartScreen.texts(this._page, this._audience);
      const choices = page.kind === "question" ? this._choices(page.screen) : null;
      if (this._drafted !== page) {
        this._problems = [];
        this._drafted = page;
        this._draft = page.kind === "question" ? this._answered(page.screen.questions, choices) : null;
      }
      const hasMore = page.kind === "guidance" && !interview.questionnaire.atDepth("complete").isFinished;
      const sends = this._internals.form && this.getAttribute("name");
      const shown = CartScreen.pages({
        page: this._page, texts, interview, choices, hasMore, sends, draft: this._draft, problems: this._problems,
        act: this._act(),
      });
      this._root.replaceChildren(h("div", { part: "page", lang: this._page.language }, shown));
      this._able();
      if (!focus) return;
      if (this.getBoundingClientRect().top < 0) this.scrollIntoView();
      this._root.querySelector("[part~=error-summary], h1").focus({ preventScroll: !this._problems.length });
    }

    _able() {
      for (const field of this._root.querySelectorAll("button, input")) field.disabled = this._disabled;
    }

    /** Give what the buttons of a page do. */
    _act() {
      const interview = this._interview;
      const then = (step) => (...given) => {
        step(...given);
        this._value();
        this._show(true);
      };
      return {
        start: then(() => interview.proceed()),
        back: then(() => interview.back()),
        change: then((id) => interview.changeOf(id)),
        complete: then(() => interview.complete()),
        show: then((kind) => interview.show(kind)),
        confirm: () => {
          then(() => interview.confirm())();
          this._tell("cart-screen-result", { screening: this.screening });
        },
        restart: () => this._restart(),
        print: () => globalThis.print(),
        submit: (event) => this._submit(event),
        pick: (event) => this._pick(event),
        focus: (target) => this._root.getElementById(target).focus(),
        clear: (name) => {
          for (const field of this._fields(name))
            if (field.type === "text") field.value = "";
            else field.checked = false;
        },
      };
    }

    _read(event) {
      event.preventDefault();
      const chosen = (name) => this._fields(name).filter((field) => field.checked).map((field) => field.value);
      const [number] = this._fields("number").map((field) => field.value.trim());
      return { choice: chosen("choice")[0], number, unit: chosen("unit")[0], ticks: chosen("tick") };
    }

    _pick(event) {
      const { choice } = this._read(event);
      const interview = this._interview;
      if (!choice) return this._refuse({}, "choice", "answer-missing", this._fields("choice")[0].id);
      if (choice === "keep") interview.leave();
      else interview.changeOf(choice);
      return this._show(true);
    }

    _submit(event) {
      const draft = this._read(event);
      const { screen } = this._interview.page;
      const { questionnaire } = this._interview;
      const after = screen.questions.length > 1 ? this._ticked(screen, draft) : this._single(screen.questions[0], draft);
      if (!after) return;
      this._interview.record(after);
      this._value();
      this._show(true);
      if (after !== questionnaire) this._tell("cart-screen-change");
    }

    _ticked(screen, draft) {
      const { choice, ticks } = draft;
      const others = screen.questions.filter(({ id }) => !ticks.includes(id));
      if (others.length && !choice)
        return ticks.length
          ? this._refuse(draft, "others", "others-missing", "choice-none")
          : this._refuse(draft, "choice", "answer-missing", `tick-${others[0].id}`);
      const after = this._interview.questionnaire.answerScreen(screen, ticks, choice === "none");
      if (choice !== "asked-declined") return after;
      return others.reduce((found, { id }) => found.answerAbsent(id, choice), after);
    }

    _single({ id, type, units }, draft) {
      const { questionnaire } = this._interview;
      const { choice, number } = draft;
      const choices = this._choices(this._interview.page.screen);
      if (choice && choice.startsWith("asked-")) return questionnaire.answerAbsent(id, choice);
      if (choices)
        return choice ? questionnaire.answer(id, choices[choice]) : this._refuse(draft, "choice", "answer-missing", "choice-0");
      const shown = this._page.units[id];
      const place = shown.length > 1 ? draft.unit : 0;
      if (!number) return this._refuse(draft, "number", "number-missing", "number");
      if (!TYPED.test(number)) return this._misread(draft, type, shown[place || 0]);
      if (place === undefined) return this._refuse(draft, "unit", "unit-missing", "unit-0");
      const unit = units[place];
      const value = unit ? CartScreen.convert(Number(number), unit.multiply, unit.divide) : Number(number);
      try {
        const after = questionnaire.answer(id, value);
        this._typed[id] = { number, unit: draft.unit, value };
        return after;
      } catch (error) {
        if (error.code !== "answers-invalid") throw error;
        return this._misread(draft, type, shown[place]);
      }
    }

    _misread(draft, type, unit) {
      const comma = COMMA.exec(draft.number);
      const label = unit.label && ` ${unit.label}`;
      const texts = CartScreen.texts(this._page, this._audience);
      const said = texts.say(type === "integer" ? "wrong-whole-number" : "wrong-number", { ...unit, unit: label });
      const hint = comma && type === "number" ? ` ${texts.say("wrong-comma", { number: `${comma[1]}.${comma[2]}` })}` : "";
      return this._refuse(draft, "number", null, "number", said + hint);
    }

    /** Show the same page again with what is wrong on it; what was typed stays. */
    _refuse(draft, field, key, target, text) {
      const texts = CartScreen.texts(this._page, this._audience);
      this._draft = { ...this._draft, ...draft };
      const said = text || texts.say(key, { unknown: texts.get("absent", "asked-unknown") });
      this._problems = [{ field, target, text: said }];
      this._show(true);
    }
  }

  CartScreenElement.formAssociated = true;
  CartScreenElement.observedAttributes = ["lang", "criteria", "mode", "depth"];
  customElements.define("cart-screen", CartScreenElement);
})();
