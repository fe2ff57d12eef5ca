"""What a caller waits for: a whole screening, the whole process, compiling, memory, and many criteria."""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import tracemalloc
from collections.abc import Iterator, Mapping
from pathlib import Path
from time import perf_counter, thread_time
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry

from cart_screen import compile_rules, load_criteria, screen
from cart_screen.answers.scalars import Scalar

from .records import complete_records, with_missing
from .rule_sets import AS_OF, RULE_SETS, RuleSet, indications, neutral, of_schemas, us_fda
from .table import GOALS, Line, Ratio, microseconds
from .timing import collector_off, interleaved

PEOPLE = 200
LIMITS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
Found = Iterator[Line | Ratio]


def people(count: int = PEOPLE) -> list[dict[str, Scalar]]:
    """Give answers as people give them: those of the documents' own examples, one in ten left out."""
    questions = us_fda().reading.dictionary.questions
    draw = random.Random(3)
    likely = [draw.choice(us_fda().likely) for _ in range(count)]
    given = [
        {id: value for id, value in answers.items() if value is not None and not questions[id].internal}
        for answers in likely
    ]
    return with_missing(given, 0.1)


def whole_screening() -> Found:
    """A whole screening of one person under ``us-fda``, from raw answers to guidance, conflicts and indications."""
    criteria = load_criteria("us-fda")

    def screened(answers: Mapping[str, Any]) -> object:
        found = screen(answers, criteria, AS_OF)
        return found.guidance, found.conflicts, [outcome.statuses for outcome in found.indications]

    registry = Registry().with_contents((document["$id"], document) for document in us_fda().documents)
    validators = [Draft202012Validator({"$ref": found.document}, registry=registry) for found in indications()]
    crowd = people()
    # What the validators read is resolved for them, which screen() does for itself.
    resolved = {id(answers): dict(screen(answers, criteria, AS_OF).facts.resolved) for answers in crowd}

    def validated(answers: Mapping[str, Any]) -> object:
        record = resolved[id(answers)]
        return [list(validator.iter_errors(record)) for validator in validators]

    times = interleaved({"screen()": screened, "python-jsonschema, iter_errors": validated}, crowd)
    for who, timing in times.items():
        yield Line("us-fda: one whole screening", who, microseconds(timing.fastest), f"{timing.times:.2f}")
    yield Ratio("screen", "us-fda", times["python-jsonschema, iter_errors"].times)


def compiling() -> Found:
    """How long it takes until the first verdict is there: a function is compiled when it is first asked for."""
    for name, rules in RULE_SETS.items():
        record = complete_records(rules(), 1)[0]
        yield Line(
            f"{name}: compile {len(rules().schemas)} criteria", "verdicts", _milliseconds(_compile(rules(), record))
        )
        whole = _compile(rules(), record, explaining=True)
        yield Line(f"{name}: compile {len(rules().schemas)} criteria", "all three", _milliseconds(whole))


def memory() -> Found:
    """What compiled rules keep."""
    for name, rules in RULE_SETS.items():
        record = complete_records(rules(), 1)[0]
        tracemalloc.start()
        kept = _compiled(rules(), record)
        verdicts = tracemalloc.get_traced_memory()[0]
        kept.evaluate(record), kept.explain(record)
        everything = tracemalloc.get_traced_memory()[0]
        tracemalloc.stop()
        yield Line(f"{name}: memory of {len(rules().schemas)} criteria", "verdicts", f"{verdicts / 1024:,.0f} KiB")
        yield Line(f"{name}: memory of {len(rules().schemas)} criteria", "all three", f"{everything / 1024:,.0f} KiB")


def growth() -> Found:
    """How cost grows with the number of criteria: the neutral ones again and again, each time with other limits."""
    for copies in (1, 2, 10, 40, 100):
        rules = replicated(copies)
        records = with_missing(complete_records(neutral(), PEOPLE), 0.12)
        count = len(rules.schemas)
        taken = _compile(rules, records[0], rounds=3)
        verdicts = _compiled(rules, records[0]).verdicts
        timing = interleaved({"verdicts": verdicts}, records, rounds=7)["verdicts"]
        measure = f"neutral, {count} criteria"
        yield Line(measure, "verdicts, 12 % missing", f"{timing.fastest / count * 1e9:,.0f} ns a criterion")
        yield Line(measure, "compile", f"{taken / count * 1e3:.2f} ms a criterion")
        code = getattr(verdicts, "__code__", None)
        if code is not None:
            yield Line(measure, "bytecode", f"{_size(code) / count:,.0f} bytes a criterion")


def replicated(copies: int) -> RuleSet:
    """Give the neutral criteria several times, the limits on numbers moved each time, so that no two are alike."""
    raw = neutral()
    properties = raw.dictionary["properties"]
    schemas = {
        f"{id}-{copy}": _moved(schema, copy, properties) for copy in range(copies) for id, schema in raw.schemas.items()
    }
    return of_schemas(f"neutral x {copies}", schemas, raw.dictionary)


def _moved(schema: Any, by: int, properties: Mapping[str, Any], question: str = "") -> Any:
    """Move every limit, and keep it inside the bounds of its question."""
    match schema:
        case dict():
            return {
                key: _limit(value, by, properties[question])
                if question and key in LIMITS
                else {id: _moved(part, by, properties, id) for id, part in value.items()}
                if key == "properties"
                else _moved(value, by, properties, question)
                for key, value in schema.items()
            }
        case list():
            return [_moved(part, by, properties, question) for part in schema]
        case _:
            return schema


def _limit(limit: float, by: int, bounds: Mapping[str, Any]) -> float:
    if bounds["type"] == "number":
        return limit * (1 + by / 1000)
    low, high = bounds["minimum"] + 1, bounds["maximum"] - 1
    return low + (limit - low + by) % (high - low)


def process() -> Found:
    """The whole process, cold: ``cart-screen screen FILE`` against an interpreter that does nothing."""
    script = Path(sysconfig.get_path("scripts"), "cart-screen")
    command = [str(script)] if script.exists() else [sys.executable, "-m", "cart_screen"]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "answers.json")
        file.write_text(json.dumps(people(1)[0]), "utf-8")
        pairs = [(_run([*command, "screen", str(file)]), _run([sys.executable, "-c", "pass"])) for _ in range(31)][1:]
    ours, bare = zip(*pairs, strict=True)
    ratio = statistics.median(our / their for our, their in pairs)
    measure = "whole process, 30 pairs"
    for who, times in (("cart-screen screen FILE", ours), ("python -c pass", bare)):
        shown = f"{_milliseconds(min(times))}, median {_milliseconds(statistics.median(times))}"
        yield Line(measure, who, shown, f"{statistics.median(times) / statistics.median(ours):.2f}")
    yield Ratio("process", "median", GOALS["process"].measured(ratio, 1))


def _run(command: list[str]) -> float:
    start = perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return perf_counter() - start


def _compiled(rules: RuleSet, record: Mapping[str, Any]) -> Any:
    found = compile_rules(rules.schemas, rules.dictionary, documents=rules.documents)
    found.verdicts(record)
    return found


def _compile(rules: RuleSet, record: Mapping[str, Any], *, explaining: bool = False, rounds: int = 7) -> float:
    """Give the shortest processor time of some rounds."""
    taken = []
    with collector_off():
        for _ in range(rounds):
            start = thread_time()
            found = _compiled(rules, record)
            if explaining:
                found.evaluate(record)
                found.explain(record)
            taken.append(thread_time() - start)
    return min(taken)


def _size(code: Any) -> int:
    return len(code.co_code) + sum(_size(part) for part in code.co_consts if hasattr(part, "co_code"))


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1e3:.1f} ms"
