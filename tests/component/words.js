// Gives the words and the sheets of some answers, for every audience. Runs in Node.
"use strict";
const { readFileSync } = require("fs");
const { runInThisContext } = require("vm");

const [, , ...paths] = process.argv;
for (const path of paths) runInThisContext(readFileSync(path, "utf8"), { filename: path });
const { page, people } = JSON.parse(readFileSync(0, "utf8"));

const said = (given) => {
  const questionnaire = CartScreen.questionnaire(page.program, given, {});
  return ["patient", "child", "clinician"].map((audience) => {
    const texts = CartScreen.texts(page, audience);
    const sheet = CartScreen.sheet(page, texts, questionnaire);
    const sections = [...sheet.first, ...sheet.body, ...sheet.small_print];
    const cited = sections.flatMap(({ blocks }) => blocks).flatMap(({ entries = [] }) => entries);
    return { words: texts.of(questionnaire), sheet, cited: cited.map((entry) => CartScreen.cited(sheet, entry)) };
  });
};
process.stdout.write(JSON.stringify(people.map(said)));
