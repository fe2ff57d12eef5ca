"""What clients should not send is answered with 4xx and a clear sentence, and harms nobody else."""

from __future__ import annotations

import asyncio
import json
import socket

import httpx
import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request
from strategies import examples

from cart_screen.nouns import replace
from cart_screen.web import create_app, screening
from cart_screen.web.bodies import ANSWERS, Depth
from cart_screen.web.errors import BodyTooLarge
from cart_screen.web.guard import guarded

from .serving import DATE, JSON, PATIENCE, raw, served

SCREEN = "/v1/screen"

# Each body with the status and the code that it is answered with.
BODIES = {
    "nothing": (b"", 400, "body-unreadable"),
    "only space": (b" \n\t ", 400, "body-unreadable"),
    "not JSON": (b"{answers: 1}", 400, "body-unreadable"),
    "two values": (b"{} {}", 400, "body-unreadable"),
    "cut off": (b'{"answers": {"age_years": 6', 400, "body-unreadable"),
    "NaN": (b'{"answers": {"ecog": NaN}}', 400, "body-unreadable"),
    "Infinity": (b'{"answers": {"ecog": -Infinity}}', 400, "body-unreadable"),
    "a number beyond a double": (b'{"answers": {"ecog": 1e999}}', 400, "body-unreadable"),
    "a number of many digits": (b'{"answers": {"ecog": ' + b"9" * 5_000 + b"}}", 400, "body-unreadable"),
    "a key twice": (b'{"answers": {"ecog": 1, "ecog": 2}}', 400, "body-unreadable"),
    "not UTF-8": (b'{"answers": {"diagnosis": "\xff"}}', 400, "body-unreadable"),
    "UTF-16": ('{"answers": {}}'.encode("utf-16"), 400, "body-unreadable"),
    "half a letter": (b'{"answers": {"diagnosis": "\\ud800"}}', 400, "body-unreadable"),
    "half a letter as a key": (b'{"answers": {"\\udfff": 1}}', 400, "body-unreadable"),
    "a list": (b"[]", 422, "request-invalid"),
    "a text": (b'"answers"', 422, "request-invalid"),
    "null": (b"null", 422, "request-invalid"),
    "no answers": (b"{}", 422, "request-invalid"),
    "answers that are a list": (b'{"answers": [1]}', 422, "request-invalid"),
    "an unknown key": (b'{"answers": {}, "answer": {}}', 422, "request-invalid"),
    "criteria that are a number": (b'{"answers": {}, "criteria": 3}', 422, "request-invalid"),
    "no criteria": (b'{"answers": {}, "criteria": []}', 422, "request-invalid"),
    "criteria twice": (b'{"answers": {}, "criteria": ["us-fda", "us-fda"]}', 422, "criteria-alike"),
    "unknown criteria": (b'{"answers": {}, "criteria": "../../etc/passwd"}', 404, "criteria-unknown"),
    "criteria with a zero byte": (b'{"answers": {}, "criteria": "us-fda\\u0000"}', 404, "criteria-unknown"),
    "a date that is none": (b'{"answers": {}, "as_of": "2026-02-30"}', 422, "date-invalid"),
    "a language that is none": (b'{"answers": {}, "language": "../en"}', 422, "language-unknown"),
    "an audience that is none": (b'{"answers": {}, "audience": "everybody"}', 422, "request-invalid"),
    "a text for a number": (b'{"answers": {"age_years": "61"}}', 422, "answers-invalid"),
    "true for a number": (b'{"answers": {"age_years": true}}', 422, "answers-invalid"),
    "one for true": (b'{"answers": {"on_dialysis": 1}}', 422, "answers-invalid"),
    "an unknown question": (b'{"answers": {"age": 61}}', 422, "answers-invalid"),
    "an object for an answer": (b'{"answers": {"age_years": {"$gt": 1}}}', 422, "answers-invalid"),
    "a unit that is none": (b'{"answers": {"creatinine": 1}, "units": {"creatinine": 5}}', 422, "answers-invalid"),
    "a reason that is none": (b'{"answers": {}, "absent": {"ecog": "lazy"}}', 422, "answers-invalid"),
    "a key that Python knows": (b'{"answers": {"__class__": 1}}', 422, "answers-invalid"),
    "too deep": (b'{"answers": {"ecog": ' + b"[" * 5_000 + b"]" * 5_000 + b"}}", 413, "body-too-large"),
    "too deep and never closed": (b'{"a":' * 5_000, 413, "body-too-large"),
    "too large": (b'{"answers": {"diagnosis": "' + b"x" * ANSWERS.bytes + b'"}}', 413, "body-too-large"),
}


def refused(answer, status, code):
    found = answer.json()
    assert (answer.status_code, found["code"], found["status"]) == (status, code, status), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    assert found["type"] == f"urn:cart-screen:problem:{code}"
    assert found["detail"].endswith((".", "'"))
    return found


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize("path", [SCREEN, "/v1/questionnaire"])
def test_a_body_that_cannot_be_read_is_refused_with_a_sentence(client, path, name):
    body, status, code = BODIES[name]
    if path != SCREEN and name in ("no answers", "criteria twice", "no criteria"):
        body, status, code = b'{"answers": null}', 422, "request-invalid"

    refused(client.post(path, content=body, headers=JSON), status, code)


def test_every_wrong_answer_is_named_at_once(client):
    answers = {"age_years": "61", "ecog": 9, "nothing": 1}

    found = refused(client.post(SCREEN, json={"answers": answers}), 422, "answers-invalid")

    assert [one["question"] for one in found["problems"]] == list(answers)
    assert all(one["allowed"] for one in found["problems"])


def test_fifty_thousand_wrong_answers_give_a_short_answer(client):
    answers = {f"q{number}": number for number in range(50_000)}

    answer = client.post(SCREEN, json={"answers": answers})

    refused(answer, 422, "answers-invalid")
    assert len(answer.content) < 50_000


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({}, "content-type-refused"),
        ({"Content-Type": "text/plain"}, "content-type-refused"),
        ({"Content-Type": "application/json; charset=utf-16"}, "content-type-refused"),
        ({"Content-Type": "application/json", "Content-Encoding": "gzip"}, "content-type-refused"),
    ],
)
def test_only_json_in_utf_8_is_read(client, headers, code):
    refused(client.post(SCREEN, content=b'{"answers": {}}', headers=headers), 415, code)


def test_who_sends_the_body_behind_the_head_hears_why_it_is_refused(address):
    host, port = address.removeprefix("http://").split(":")
    for _ in range(20):
        with socket.create_connection((host, int(port)), timeout=PATIENCE) as connection:
            connection.sendall(b"POST /v1/screen HTTP/1.1\r\nHost: x\r\nContent-Length: 15\r\n\r\n")
            connection.sendall(b'{"answers": {}}')
            answer = b"".join(iter(lambda: connection.recv(65_536), b""))

        assert answer.startswith(b"HTTP/1.1 415")
        assert b"content-type-refused" in answer


def test_a_charset_that_says_utf_8_is_read(client):
    answer = client.post(
        SCREEN, content=b'{"answers": {}}', headers={"Content-Type": 'Application/JSON; charset="UTF-8"'}
    )

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (f"{SCREEN}?age_years=61", "in the body"),
        ("/v1/criteria/us-fda?as_of=2026-01-01&as_of=2026-01-02", "twice"),
        ("/v1/criteria/us-fda?day=2026-01-01", "as_of, versions"),
        ("/v1/criteria/us-fda?as_of=", "empty"),
        ("/v1/criteria/us-fda?versions=some", "in-force or all"),
        ("/health?x=1", "takes none"),
    ],
)
def test_a_parameter_that_is_not_one_is_refused(client, path, said):
    method = "POST" if path.startswith(SCREEN) else "GET"

    found = refused(client.request(method, path, headers=JSON), 400, "parameter-invalid")

    assert said in found["detail"]


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_another_method_is_refused_with_the_one_that_there_is(client, method):
    answer = client.request(method, SCREEN)

    refused(answer, 405, "method-refused")
    assert answer.headers["allow"] == "POST"


@pytest.mark.parametrize(
    "path",
    [
        "/component/../../pyproject.toml",
        "/component/..%2f..%2fpyproject.toml",
        "/component/%2e%2e/%2e%2e/pyproject.toml",
        "/component/....//cart-screen.js",
        "/component/cart-screen.js%00",
        "/v1/criteria/..",
        "/v1/criteria/%2e%2e%2fanswers",
        "/v1/criteria/us-fda/..%5c..%5cset.json",
        "/v1/criteria/us-fda%00",
        "/v1//screen",
        "//v1/screen",
        "/v1/criteria/%ff%fe",
        "/" + "a" * 8_000,
    ],
)
def test_no_path_leads_out_of_what_is_served(address, path):
    host = address.removeprefix("http://")
    request = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"

    head, _, body = raw(address, request.encode("latin-1")).partition(b"\r\n\r\n")

    assert head.startswith(b"HTTP/1.1 404")
    assert json.loads(body)["code"] in ("route-unknown", "file-unknown", "criteria-unknown", "criterion-unknown")


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Length: 5\r\nContent-Length: 6",
        b"Content-Length: -1",
        b"Content-Length: 2\r\nTransfer-Encoding: chunked, identity",
        b"Transfer-Encoding: gzip",
        b"X-Bad\x00: 1",
        b"X-Long: " + b"a" * 100_000,
        b": no name",
        b"Content-Type: application/json\r\n folded: 1\r\nContent-Length: 99999999999",
    ],
)
def test_a_request_that_is_no_http_is_refused(address, head):
    host = address.removeprefix("http://").encode()

    received = raw(address, b"POST /v1/screen HTTP/1.1\r\nHost: " + host + b"\r\n" + head + b"\r\n\r\n{}", until=b"}")

    assert received[:12] in (b"HTTP/1.1 400", b"HTTP/1.1 413", b"HTTP/1.1 415", b"HTTP/1.1 431")


def test_two_content_types_are_refused(address):
    host = address.removeprefix("http://")
    request = (
        f"POST {SCREEN} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Type: text/plain\r\n"
        "Content-Length: 2\r\nConnection: close\r\n\r\n{}"
    )

    assert raw(address, request.encode()).startswith(b"HTTP/1.1 415")


def chunked(address, *chunks, ending=b"0\r\n\r\n"):
    host = address.removeprefix("http://").encode()
    head = b"POST /v1/screen HTTP/1.1\r\nHost: " + host + b"\r\nContent-Type: application/json\r\n"
    body = b"".join(b"%x\r\n%b\r\n" % (len(chunk), chunk) for chunk in chunks)
    return raw(address, head + b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n" + body + ending, until=b"}")


def test_a_body_in_chunks_is_read(address):
    assert chunked(address, b'{"answ', b'ers": {', b"}}").startswith(b"HTTP/1.1 200")


def test_chunks_are_bounded_while_they_arrive(address):
    # It never ends: only a limit while reading can answer it.
    received = chunked(address, *[b'{"answers": "'] + [b"x" * 65_536] * 17, ending=b"")

    assert received.startswith(b"HTTP/1.1 413")
    assert b"connection: close" in received.lower()


def test_chunks_are_held_to_the_depth_while_they_arrive(address):
    assert chunked(address, b'{"answers": {"ecog": ', *[b"[" * 30] * 3, ending=b"").startswith(b"HTTP/1.1 413")


def test_a_chunk_that_is_none_is_refused(address):
    assert chunked(address, ending=b"zz\r\n{}\r\n0\r\n\r\n").startswith(b"HTTP/1.1 400")


@examples(200)
@given(
    st.recursive(st.text('ab"\\{}[]\n', max_size=6) | st.integers(), lambda inner: st.lists(inner, max_size=3)),
    st.integers(1, 7),
    st.data(),
)
def test_depth_is_counted_as_it_is_whatever_the_pieces(value, limit, data):
    def deep(found) -> int:
        return 1 + max(map(deep, found), default=0) if isinstance(found, list) else 0

    text = json.dumps(value, ensure_ascii=data.draw(st.booleans())).encode()
    counted = Depth(limit)
    refused_it = False
    try:
        while text:
            size = data.draw(st.integers(1, len(text)))
            counted.feed(text[:size])
            text = text[size:]
    except BodyTooLarge:
        refused_it = True

    assert refused_it == (deep(value) > limit)


def test_a_slow_client_keeps_nobody_waiting(address, client):
    host, port = address.removeprefix("http://").split(":")
    slow = []
    try:
        for _ in range(50):
            connection = socket.create_connection((host, int(port)), timeout=PATIENCE)
            connection.sendall(b"POST /v1/screen HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n")
            connection.sendall(b'Content-Length: 500\r\n\r\n{"answers": ')
            slow.append(connection)

        found = [client.post(SCREEN, json={"answers": {}}).status_code for _ in range(20)]
    finally:
        for connection in slow:
            connection.close()

    assert found == [200] * 20


def test_a_body_that_does_not_come_is_given_up(monkeypatch):
    monkeypatch.setattr(screening, "ANSWERS", replace(ANSWERS, seconds=0.05))
    with served(create_app(criteria=["us-fda"])) as address:
        head = b"POST /v1/screen HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"
        received = raw(address, head, until=b"}")

    assert received.startswith(b"HTTP/1.1 408")
    assert b"body-late" in received


def test_five_hundred_at_once_are_all_served(address):
    host, port = address.removeprefix("http://").split(":")
    body = json.dumps({"answers": {"diagnosis": "hodgkin-lymphoma"}, "as_of": DATE}).encode()
    head = f"POST {SCREEN} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nConnection: close\r\n"
    request = f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
    everybody = asyncio.Event()
    connected = 0

    async def one() -> bytes:
        nonlocal connected
        reader, writer = await asyncio.open_connection(host, int(port))
        connected += 1
        if connected == 500:
            everybody.set()
        await everybody.wait()
        writer.write(request)
        answer = await reader.read()
        writer.close()
        return answer

    async def all_at_once() -> list[bytes]:
        async with asyncio.timeout(PATIENCE):
            return await asyncio.gather(*(one() for _ in range(500)))

    found = asyncio.run(all_at_once())

    assert {answer[:15] for answer in found} == {b"HTTP/1.1 200 OK"}
    assert len({answer.partition(b"\r\n\r\n")[2] for answer in found}) == 1


def test_what_nobody_foresaw_is_a_problem_without_its_message(caplog):
    async def broken(request: Request):
        raise ValueError("age_years is 61")

    whole = FastAPI()
    whole.add_api_route("/broken", guarded(broken))
    with served(whole) as address:
        answer = httpx.get(f"{address}/broken")

    found = refused(answer, 500, "internal-error")
    assert "61" not in answer.text
    assert "age_years" not in caplog.text
    assert "ValueError in broken:" in caplog.text
    assert "ValueError" in found["detail"]
