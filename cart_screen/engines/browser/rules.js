/*
The rules of a program, three-valued: derived answers, truths, what an open truth awaits, what a decided one rests on.

  CartScreen.rules(program) -> Rules
      over(record) -> {record, truth(node), compute(value)}, a reader of resolved answers
      resolve({values, absent}) -> record, one value per question where it is known
      awaited(node, reader) -> [id];  because(node, record) -> [id]
      reasons(place, truth, wanted) -> [{reason, recoverable}];  citing(place, truth, wanted) -> [[source]]
      inOrder(set) -> [id], in the dictionary's order;  questions, derived and askIf, as maps

A truth is 1 (holds), -1 (does not) or 0 (unknown): "and" is the least, "or" the greatest, "not" the minus.
*/
(() => {
  "use strict";
  const CartScreen = globalThis.CartScreen;
  const { REASONS } = CartScreen;
  const sure = (holds) => (holds ? 1 : -1);
  const both = (...truths) => Math.min(1, ...truths);
  const either = (...truths) => Math.max(-1, ...truths);

  const rules = (program) => {
    const { nodes, derivations } = program;
    const questions = new Map(program.questions.map((question) => [question.id, question]));
    const derived = new Map(derivations.map((derivation) => [derivation.question, derivation]));
    const askIf = new Map(program.ask_if);
    const inOrder = (found) => [...questions.keys()].filter((id) => found.has(id));

    // ---- Truths and values over a record of resolved answers

    // Gives the reader of a record: the truth of a node, or of the node at a place.
    const over = (record) => {
      const known = [];
      const truth = (node) => {
        if (!Array.isArray(node)) return node in known ? known[node] : (known[node] = truth(nodes[node]));
        const [op, a, b] = node;
        const terms = node.slice(1);
        const value = record.get(a);
        const compare = (holds) => (typeof value === "number" ? sure(holds) : 0);
        switch (op) {
          case "name":
            return truth(a);
          case "is":
            return value === undefined ? 0 : sure(node.indexOf(value, 2) > 0);
          case ">=":
            return compare(value >= b);
          case "<=":
            return compare(value <= b);
          case ">":
            return compare(value > b);
          case "<":
            return compare(value < b);
          case "and":
            return both(...terms.map(truth));
          case "or":
            return either(...terms.map(truth));
          case "one": {
            const open = terms.map(truth).filter((one) => one >= 0);
            const holding = open.filter((one) => one);
            return holding.length > 1 ? -1 : open.length > holding.length ? 0 : sure(holding.length);
          }
          case "if": {
            const [asked, yes, no] = terms.map(truth);
            return both(either(-asked, yes), either(asked, no), either(yes, no));
          }
          default:
            return -truth(a);
        }
      };
      const compute = ([op, a, b, c]) => {
        switch (op) {
          case "value":
            return a;
          case "known":
            return record.has(a) ? b : undefined;
          case "map":
            return (b.find(([key]) => key === record.get(a)) || [])[1];
          case "if":
            return truth(a) ? compute(truth(a) > 0 ? b : c) : undefined;
          case "*":
          case "/":
          case "-": {
            const [left, right] = [compute(a), compute(b)];
            if (typeof left !== "number" || typeof right !== "number") return undefined;
            const found = op === "*" ? left * right : op === "/" ? left / right : left - right;
            return Number.isFinite(found) ? found : undefined;
          }
          default:
            return record.get(a);
        }
      };
      return { record, truth, compute };
    };

    // One value per question where it is known, derived answers included.
    const resolve = ({ values, absent }) => {
      const record = new Map(values);
      const pending = new Set([...absent.keys()].filter((id) => absent.get(id) === REASONS[0]));
      for (const { question, sources } of derivations) {
        const { truth, compute } = over(record);
        let found;
        let isFound = false;
        let isToCome = false;
        for (const source of sources) {
          const holds = truth(source.if);
          if (holds < 0) continue;
          const value = isFound ? undefined : compute(source.value);
          if (value !== undefined) [found, isFound] = [holds ? value : found, true];
          // A source that is still to come is not passed over for a poorer one.
          const missing = source.reads.filter((id) => !record.has(id));
          const isHalfGiven = record.has(source.measured) && missing.some((id) => !absent.has(id));
          isToCome = isHalfGiven || missing.some((id) => pending.has(id));
          if (isToCome) break;
        }
        record.delete(question);
        if (found !== undefined) {
          record.set(question, found);
          pending.delete(question);
        } else if (isToCome) pending.add(question);
      }
      return record;
    };

    // ---- What an open truth awaits, and what a decided one rests on

    // The terms that a truth rests on: once the condition is known, the branch that is not taken says nothing.
    const taken = ([op, a, b, c], truth) => (op === "if" && truth(a) ? [truth(a) > 0 ? b : c] : null);

    const awaited = (node, { record, truth, compute }) => {
      const found = new Set();
      const open = (place) => {
        if (truth(place)) return;
        const own = nodes[place];
        if (typeof own[1] === "string") wait(own[1]);
        else (taken(own, truth) || (own[0] === "name" ? [own[1]] : own.slice(1))).forEach(open);
      };
      const openInputs = ([op, a, b, c]) => {
        if (typeof a === "string") {
          if (op !== "given" && op !== "value") wait(a);
        } else if (op === "if") {
          open(a);
          [b, c].filter((branch) => compute(branch) === undefined).forEach(openInputs);
        } else if (op !== "value") [a, b].forEach(openInputs);
      };
      const wait = (id) => {
        if (record.has(id) || found.has(id)) return;
        if (!questions.get(id).internal) found.add(id);
        for (const source of derived.has(id) ? derived.get(id).sources : []) {
          if (truth(source.if) < 0) continue;
          open(source.if);
          openInputs(source.value);
        }
      };
      open(node);
      return inOrder(found);
    };

    // A minimal set of answers that forces a node; answers that stand earlier in the dictionary are kept.
    const because = (node, record) => {
      const decided = over(record).truth(node);
      const kept = new Map(decided ? record : []);
      for (const id of inOrder(kept).reverse()) {
        const value = kept.get(id);
        kept.delete(id);
        if (over(kept).truth(node) !== decided) kept.set(id, value);
      }
      return inOrder(kept);
    };

    // Goes to every named condition that a truth rests on; `say` gives what one adds to what stands in it.
    const named = (place, truth, wanted, say) => {
      const own = nodes[place];
      const [op, a, b, c] = own;
      if (truth(place) !== wanted) return [];
      const inside = (terms) => terms.flatMap((term) => named(term, truth, wanted, say));
      if (op === "name") return say(own, () => inside([a]));
      return inside(op === "if" ? taken(own, truth) || [b, c] : /and|or|one/.test(op) ? own.slice(1) : []);
    };
    // The outermost ones with a reason, as reasons.
    const reasons = (place, truth, wanted) => {
      const found = named(place, truth, wanted, ([, , reason, recoverable], inside) => {
        const inner = inside();
        return inner.length || !reason ? inner : [{ reason, recoverable }];
      });
      return [...new Map(found.map((one) => [one.reason, one])).values()];
    };
    // The sources of each, outer and inner, but of one about a case that is not at hand.
    const citing = (place, truth, wanted) =>
      named(place, truth, wanted, ([, , , , sources, about], inside) =>
        about !== null && truth(about) < 0 ? [] : [sources, ...inside()]
      );

    return { questions, derived, askIf, inOrder, over, resolve, awaited, because, reasons, citing };
  };

  CartScreen.rules = rules;
})();
