/*
<cart-screen>: the questionnaire as an element. Nothing leaves the page, and nothing is stored.

  <cart-screen lang="en" criteria="us-fda" mode="patient" depth="settle" name="answers"></cart-screen>

  Attributes: criteria (us-fda where none is named), lang (that of the page), mode: patient, child or clinician (a
      patient's words, and those for a child once a child's age is given), depth: settle or complete.
  Properties: answers, the exchange document {format, answers, absent}; it can be set to one, or to a flat object of
      answers, and throws CartScreen.AnswersInvalid. screening, plain data (engine.js), or null before it is loaded.
  Events, which bubble and cross shadow roots: cart-screen-change after every answer {answers, guidance};
      cart-screen-result once the answers were checked {answers, guidance, screening}.
  Form: the value is the exchange document as JSON, once the answers were checked; before there is none.
*/
(() => {
  "use strict";
  const CartScreen = globalThis.CartScreen;
  const { h, known, pageData } = CartScreen;
  const FORMAT = "cart-screen-answers/1";
  const MODES = ["patient", "child", "clinician"];
  const style = new CSSStyleSheet();
  style.replaceSync(CartScreen.css);

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
      return age < this._page.speaks_from ? "child" : "patient";
    }

    get _texts() {
      return CartScreen.texts(this._page, this._audience);
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
      const tell = (key, values) => this._message(CartScreen.fill(said[key], values), said.language);
      const unknown = (attribute, name, all) => tell("set-unknown", { attribute, name, known: all.join(", ") });
      const before = this._interview ? this._interview.questionnaire.answers : this._given;
      this._page = this._interview = null;
      this._given = before;
      this._loading = set + language;
      this._value();
      if (!languages.length) return unknown("criteria", set, Object.keys(known.sets));
      if (!language) return unknown("lang", wished, languages);
      const begin = () => {
        if (this._loading === set + language) this._begin(pageData.get(set, language));
      };
      if (pageData.get(set, language)) return begin();
      tell("loading");
      return pageData.load(set, language).then(begin, () => tell("file-missing", { file: pageData.file(set, language) }));
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

    /** Give what typed.js has to know of a question. */
    _asked(screen, choices) {
      const { questionnaire } = this._interview;
      return { questionnaire, screen, choices, units: this._page.units, texts: this._texts };
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
      const texts = this._texts;
      const choices = page.kind === "question" ? this._choices(page.screen) : null;
      if (this._drafted !== page) {
        this._problems = [];
        this._drafted = page;
        this._draft = page.kind === "question" ? CartScreen.drafted(this._asked(page.screen, choices), this._typed) : null;
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
      if (!choice) {
        const text = CartScreen.missing(this._texts, "answer-missing");
        return this._refuse({}, { field: "choice", target: this._fields("choice")[0].id, text });
      }
      if (choice === "keep") interview.leave();
      else interview.changeOf(choice);
      return this._show(true);
    }

    _submit(event) {
      const draft = this._read(event);
      const { questionnaire, page } = this._interview;
      const { screen } = page;
      const { after, typed, problem } = CartScreen.typed(this._asked(screen, this._choices(screen)), draft);
      if (problem) return this._refuse(draft, problem);
      if (typed) this._typed[screen.id] = typed;
      this._interview.record(after);
      this._value();
      this._show(true);
      if (after !== questionnaire) this._tell("cart-screen-change");
      return undefined;
    }

    /** Show the same page again with what is wrong on it; what was typed stays. */
    _refuse(draft, problem) {
      this._draft = { ...this._draft, ...draft };
      this._problems = [problem];
      this._show(true);
    }
  }

  CartScreenElement.formAssociated = true;
  CartScreenElement.observedAttributes = ["lang", "criteria", "mode", "depth"];
  customElements.define("cart-screen", CartScreenElement);
})();
