"""
The HTTP API under load, against the library, and against its own description; the suite runs the same code, shorter.

    PYTHONPATH=tests .venv/bin/python -m soak.web load      screening against an echo of the same bodies, alternating
    PYTHONPATH=tests .venv/bin/python -m soak.web memory    the memory of the server over 100,000 requests
    PYTHONPATH=tests .venv/bin/python -m soak.web agree     20,000 random sets of answers, API against library
    PYTHONPATH=tests .venv/bin/python -m soak.web describe  schemathesis, 300 examples an operation, each way

Load and memory use wrk where it is installed, which a server in Python does not keep busy. Where the machine is shared,
the seconds of processor time for each request say more than the requests a second; both are printed.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import httpx
from people.person import Person
from people.population import people
from proof.drawing import seeded
from proof.rule_sets import shipped
from schemathesis import GenerationMode
from web.describing import hold, operations

from cart_screen import load_criteria, screen
from cart_screen.answers.given import Answers
from cart_screen.texts import Audience

DATE = "2026-11-23"
EXAMPLES = Path(__file__).parents[2] / "examples" / "answers"
_CONNECTIONS = 8
_STARTING = 60.0


@dataclass(frozen=True)
class Measured:
    """What a run of the load generator has seen, and the server's own processor time for each request."""

    requests: int
    per_second: float
    p50: float
    p99: float
    microseconds: float


def main(arguments: Sequence[str]) -> int:
    """Run one of the checks; give 1 where it does not hold."""
    parser = argparse.ArgumentParser(prog="soak.web")
    parser.add_argument("check", choices=["load", "memory", "agree", "describe"])
    parser.add_argument("--seconds", type=int, default=3, help="of each of the alternating runs")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--people", type=int, default=2_000, help="different ones whose answers are sent")
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--checks", type=int, default=20_000)
    parser.add_argument("--examples", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--bodies", choices=["people", "one", "examples", "random"], default="people")
    asked = parser.parse_args(arguments)
    checks: dict[str, Callable[[argparse.Namespace], int]] = {
        "load": _load,
        "memory": _memory,
        "agree": _agree,
        "describe": _describe,
    }
    return checks[asked.check](asked)


def application() -> Any:
    """Give the application that is measured: that of ``serve``, with an endpoint that parses and echoes."""
    from cart_screen.web.app import create_app
    from cart_screen.web.requests import ScreenRequest

    app = create_app()

    async def echo(body: ScreenRequest) -> ScreenRequest:
        return body

    # FastAPI reads the type of a body from the function itself.
    echo.__annotations__ = {"body": ScreenRequest, "return": ScreenRequest}
    app.post("/echo", include_in_schema=False)(echo)
    # Found first: to look through every other route would make it slower than it is.
    app.router.routes.insert(0, app.router.routes.pop())
    return app


@contextmanager
def _running() -> Iterator[tuple[str, int]]:
    """Run the application in a process of its own, and give its address and the process."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = ["uvicorn", "--factory", "soak.web:application", "--port", str(port), "--no-access-log"]
    process = subprocess.Popen([sys.executable, "-m", *command, "--log-level", "warning"])
    address = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + _STARTING
        while time.monotonic() < until:
            try:
                if httpx.get(f"{address}/ready", timeout=_STARTING).status_code == 200:
                    break
            except httpx.TransportError:
                time.sleep(0.1)
        yield address, process.pid
    finally:
        process.terminate()
        process.wait(30)


def _load(asked: argparse.Namespace) -> int:
    bodies = _bodies(asked)
    rates: dict[str, list[Measured]] = {"/echo": [], "/v1/screen": []}
    with _running() as (address, process):
        # Rules are compiled once they have been used a dozen times, and caches fill.
        warm = 0
        while warm < 2 * len(bodies):
            warm += _wrk(address, process, "/v1/screen", bodies, 5).requests
        for _ in range(asked.rounds):
            for path, found in rates.items():
                found.append(_wrk(address, process, path, bodies, asked.seconds))
                one = found[-1]
                print(
                    f"{path:12} {one.per_second:8.0f} requests/s, p50 {one.p50:6.1f} ms, p99 {one.p99:6.1f} ms, "
                    f"{one.microseconds:6.0f} us of processor time a request",
                    flush=True,
                )
    # Neighbouring runs are compared, since a shared machine is faster at one time than at another.
    pairs = list(zip(rates["/echo"], rates["/v1/screen"], strict=True))
    ratio = _middle([screened.per_second / echoed.per_second for echoed, screened in pairs])
    work = _middle([echoed.microseconds / screened.microseconds for echoed, screened in pairs])
    print(f"{len(bodies)} bodies ({asked.bodies}): {ratio:.2f} of the echo's rate, {work:.2f} by processor time")
    return 0 if max(ratio, work) >= 0.6 else 1


def _memory(asked: argparse.Namespace) -> int:
    bodies = _bodies(asked)
    with _running() as (address, process):
        _wrk(address, process, "/v1/screen", bodies, 10)
        sizes = [_resident(process)]
        done = 0
        while done < asked.requests:
            done += _wrk(address, process, "/v1/screen", bodies, 10).requests
            sizes.append(_resident(process))
            print(f"{done:9,} requests, {sizes[-1]:6.1f} MB", flush=True)
    # What is kept is bounded; after the first tenth nothing may grow by more than a tenth.
    settled = sizes[max(1, len(sizes) // 10)]
    print(f"from {settled:.1f} MB to {sizes[-1]:.1f} MB")
    return 0 if sizes[-1] < settled * 1.1 else 1


def _agree(asked: argparse.Namespace) -> int:
    draw = seeded(asked.seed)
    sets = {name.partition("/")[0]: rules for name, rules in shipped().items() if name.endswith("/1")}
    wrong = 0
    with _running() as (address, _), httpx.Client(base_url=address, timeout=60) as client:
        for number in range(asked.checks):
            name = list(sets)[number % len(sets)]
            answers = draw.answers(sets[name])
            audience = list(Audience)[number % 3]
            body = {**_parts(answers), "criteria": name, "as_of": DATE}
            found = client.post("/v1/screen", json={**body, "audience": audience}).json()
            if found != json.loads(json.dumps(screen(answers, name, DATE).to_dict(audience=audience))):
                wrong += 1
            if (number + 1) % 1_000 == 0:
                print(f"{number + 1:8,} sets of answers, {wrong} differ", flush=True)
    return 1 if wrong else 0


def _describe(asked: argparse.Namespace) -> int:
    total: dict[int, int] = {}
    with _running() as (address, _):
        for mode in GenerationMode:
            for operation in operations(address):
                if mode is GenerationMode.NEGATIVE and not (operation.body or operation.query):
                    continue
                found = hold(operation, mode, asked.examples, asked.seed)
                total = {status: total.get(status, 0) + found.get(status, 0) for status in {*total, *found}}
                print(f"{mode.value:9} {operation.label:36} {dict(sorted(found.items()))}", flush=True)
    print(f"{sum(total.values()):,} requests: {dict(sorted(total.items()))}")
    return 0


def _bodies(asked: argparse.Namespace) -> list[str]:
    files = sorted(EXAMPLES.glob("*.json"))
    match asked.bodies:
        case "people":
            given = [_sent(person) for person in people(asked.people, asked.seed)]
        case "random":
            draw, rules = seeded(asked.seed), shipped()["us-fda/1"]
            given = [_parts(draw.answers(rules)) for _ in range(asked.people)]
        case "examples":
            given = [{"answers": json.loads(path.read_text())} for path in files]
        case _:
            (one,) = (path for path in files if path.stem == "multiple-myeloma-one-line")
            given = [{"answers": json.loads(one.read_text())}]
    return [json.dumps({**one, "criteria": "us-fda", "as_of": DATE}) for one in given]


def _sent(person: Person) -> dict[str, Any]:
    """Give what somebody sends: one half everything that they can say, the other half what they have said so far."""
    answers, random = person.mistaken_answers, Random(person.number)
    said = [id for id in load_criteria("us-fda").reading.dictionary.questions if answers.mentions(id)]
    return _parts(answers.only(said[: random.randrange(len(said)) + 1]) if random.random() < 0.5 else answers)


def _parts(answers: Answers) -> dict[str, Any]:
    return {"answers": dict(answers.values), "absent": dict(answers.absent)}


def _wrk(address: str, process: int, path: str, bodies: Sequence[str], seconds: int) -> Measured:
    tool = shutil.which("wrk")
    if tool is None:
        raise SystemExit("Install wrk first (apt-get install wrk): a generator in Python would be the bottleneck.")
    listed = ",\n".join(f"[==[{body}]==]" for body in bodies)
    script = f"""
        wrk.method = "POST"
        wrk.headers["Content-Type"] = "application/json"
        local bodies = {{{listed}}}
        math.randomseed(1)
        request = function()
            return wrk.format(nil, nil, nil, bodies[math.random(#bodies)])
        end
    """
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script)
        file.flush()
        command = [tool, "-t1", f"-c{_CONNECTIONS}", f"-d{seconds}", "--latency", "-s", file.name, address + path]
        before = _processor(process)
        said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=seconds + 60).stdout
        used = _processor(process) - before
    if "Non-2xx" in said or "Socket errors" in said:
        raise SystemExit(said)
    count = int(re.search(r"(\d+) requests in", said)[1])  # type: ignore[index]  # wrk always says it
    return Measured(count, count / seconds, _latency(said, "50"), _latency(said, "99"), used / count * 1e6)


def _latency(said: str, percent: str) -> float:
    number, unit = re.search(rf"{percent}%\s+([0-9.]+)(us|ms|s)", said).groups()  # type: ignore[union-attr]  # the same
    return float(number) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[unit]


def _processor(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _resident(process: int) -> float:
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def _middle(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
