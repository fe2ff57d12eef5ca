/*
An interview in the browser: which page is shown, and what a reply to it leads to. It holds no markup and no words.

  CartScreen.interview(questionnaire) -> Interview
      page           what is shown: {kind: "start" | "question" | "conflict" | "check" | "guidance" | "sheet"}; a
                     question has `screen` {id, questions}, a conflict `conflict` and `questions`
      questionnaire  where it stands (questionnaire.js); confirmed: its answers were checked and found right
      news           {aside: [id], again: [id], urgent}: what the newest answer changed
      proceed(), record(questionnaire), back(), changeOf(id), leave(), confirm(), complete(), show(kind)
*/
(() => {
  "use strict";
  const CartScreen = globalThis.CartScreen;
  const NO_NEWS = { aside: [], again: [], urgent: false };

  const mentions = ({ answers, absent }, id) => id in answers || (id in absent && absent[id] !== "not-asked");

  /** Put questions that were answered before together again as they stood on their screens. */
  const screensOf = (questionnaire) => {
    const found = new Map();
    for (const { question } of questionnaire.checkAnswers) {
      const name = questionnaire.questions[question].screen || question;
      found.set(name, [...(found.get(name) || []), question]);
    }
    return [...found.values()];
  };

  CartScreen.interview = (start) => {
    let visited = screensOf(start);
    let left = [];
    const same = (ids) => visited.findIndex((other) => other.join() === ids.join());
    const ask = (ids, from) => ({ kind: "question", screen: self.questionnaire.screenOf(ids), from });
    const idsOf = (screen) => screen.questions.map(({ id }) => id);

    const self = {
      questionnaire: start,
      page: { kind: "start" },
      confirmed: false,
      news: NO_NEWS,

      /** The number of the page among the questions, from one. */
      get number() {
        const at = same(idsOf(self.page.screen));
        return (at < 0 ? visited.length : at) + 1;
      },
      mentions: (id) => mentions(self.questionnaire.answers, id),

      /** Go on to what comes next: a conflict, the next question, or the check of the answers. */
      proceed() {
        const { screening, nextScreen } = self.questionnaire;
        const standing = screening.conflicts.find(({ conflict }) => !left.includes(conflict));
        if (standing) self.page = { kind: "conflict", ...standing };
        else self.page = nextScreen ? { kind: "question", screen: nextScreen } : { kind: "check" };
      },

      /** Take the answer to the page that is shown. */
      record(after) {
        const before = self.questionnaire;
        const urgency = after.screening.guidance.urgency;
        const ids = idsOf(self.page.screen);
        if (same(ids) < 0) visited.push(ids);
        self.questionnaire = after;
        self.confirmed = false;
        self.news = {
          aside: after.setAside.filter((id) => !before.setAside.includes(id)),
          again: before.setAside.filter((id) => !after.setAside.includes(id) && id in after.answers.answers),
          urgent: urgency !== null && urgency !== before.screening.guidance.urgency,
        };
        self.proceed();
      },

      /** Go back by one page; answers are kept. */
      back() {
        const { kind, screen, from } = self.page;
        self.news = NO_NEWS;
        if (from) self.page = from;
        else if (kind === "sheet") self.page = { kind: "guidance" };
        else if (kind === "guidance") self.page = { kind: "check" };
        else {
          const at = kind === "question" ? same(idsOf(screen)) : -1;
          const earlier = visited
            .slice(0, at < 0 ? visited.length : at)
            .filter((ids) => !ids.every((id) => self.questionnaire.setAside.includes(id)));
          self.page = earlier.length ? ask(earlier[earlier.length - 1]) : { kind: "start" };
        }
      },

      /** Ask for an answer again that was given; going back from there changes nothing. */
      changeOf(id) {
        self.news = NO_NEWS;
        self.page = ask(visited.find((ids) => ids.includes(id)) || [id], self.page);
      },

      /** Leave the answers of a conflict as they are. */
      leave() {
        left.push(self.page.conflict);
        self.proceed();
      },

      confirm() {
        self.confirmed = true;
        self.page = { kind: "guidance" };
      },

      /** Go on with what can no longer change the guidance, so that the sheet says more. */
      complete() {
        self.questionnaire = self.questionnaire.atDepth("complete");
        self.confirmed = false;
        self.proceed();
      },

      show(kind) {
        self.page = { kind };
      },

      /** Go on with another questionnaire, from outside; only the first page stays. */
      replace(questionnaire) {
        self.questionnaire = questionnaire;
        visited = screensOf(questionnaire);
        left = [];
        self.confirmed = false;
        self.news = NO_NEWS;
        if (self.page.kind !== "start") self.proceed();
      },
    };
    return self;
  };
})();
