/*
The ladder over the statuses of the five points, as the program gives it: one rung for each of their combinations.

  CartScreen.ladder(program) -> {codeOf(truths), rung(truths), futures(outlooks), canDepend(outlooks, place, surest)}
      truths    the five truths;  outlooks  for each of the five the truths that it can still become
*/
(() => {
  "use strict";
  const CartScreen = globalThis.CartScreen;

  const ladder = (program) => {
    const codeOf = (truths) => truths.reduce((number, truth) => number * 3 + 1 - truth, 0);
    const rung = (truths) => Number(program.rungs[codeOf(truths)]);
    const futures = (outlooks) =>
      outlooks.reduce((before, each) => before.flatMap((one) => each.map((truth) => [...one, truth])), [[]]);
    const kept = new Map();
    // Whether a rung, where better than a sure one, can depend on the status at a place.
    const canDepend = (outlooks, place, surest) => {
      const key = `${outlooks.join("|")};${place};${surest}`;
      if (!kept.has(key)) {
        const rungs = (future) => [1, 0, -1].map((truth) => Math.min(surest, rung(Object.assign([...future], { [place]: truth }))));
        kept.set(key, futures(outlooks).some((future) => new Set(rungs(future)).size > 1));
      }
      return kept.get(key);
    };

    return { codeOf, rung, futures, canDepend };
  };

  CartScreen.ladder = ladder;
})();
