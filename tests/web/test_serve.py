"""``cart-screen serve`` as a process: where it listens, what it says, how it ends."""

from __future__ import annotations

import signal
import socket

import httpx
import pytest

from cart_screen.cli.main import main

from .serving import command


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_it_listens_on_this_computer_alone_and_stops_when_told(stop):
    with command() as (address, running):
        assert address.startswith("http://127.0.0.1:")
        assert httpx.get(f"{address}/ready").status_code == 200
        code, out, err = running.stop(stop)

    assert (code, out) in ((0, ""), (-signal.SIGTERM, ""))
    assert "warning" not in err
    assert "Traceback" not in err


def test_an_address_that_others_reach_is_warned_of():
    with command("--host", "0.0.0.0") as (address, running):
        port = address.rpartition(":")[2]
        assert httpx.get(f"http://127.0.0.1:{port}/health").status_code == 200
        _, _, err = running.stop(signal.SIGINT)

    assert "warning: this address can be reached from other computers" in err


@pytest.mark.parametrize("prefix", ["", "/intake"])
def test_it_works_under_a_path_whether_the_proxy_strips_it_or_not(prefix):
    with command("--root-path", "/intake") as (address, _), httpx.Client(base_url=address) as client:
        assert client.get(f"{prefix}/demo").status_code == 200
        assert client.get(f"{prefix}/component/cart-screen.js").status_code == 200
        assert client.post(f"{prefix}/v1/screen", json={"answers": {}}).status_code == 200
        assert client.get(f"{prefix}/openapi.json").json()["servers"] == [{"url": "/intake"}]


def test_a_port_that_is_taken_is_said_and_nothing_starts(capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code = main(["serve", "--criteria", "us-fda", "--port", str(taken.getsockname()[1])])

    assert code == 2
    assert "something listens there already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--host", "nowhere.invalid"), "no such address"),
        (("--host", "192.0.2.1", "--port", "0"), "Cannot listen on"),
        (("--cors", "*"), "no origin"),
        (("--criteria", "nothing"), "no criteria set"),
    ],
)
def test_what_cannot_be_served_is_said_in_a_sentence(capsys, arguments, said):
    assert main(["serve", *arguments]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("port", ["70000", "http", "-1", "\u0663"])
def test_what_is_no_port_is_said_as_any_wrong_use(capsys, port):
    with pytest.raises(SystemExit, match="2"):
        main(["serve", "--port", port])

    assert "is no port" in capsys.readouterr().err


def test_without_the_extra_the_install_line_is_said(monkeypatch, capsys):
    monkeypatch.setattr("cart_screen.cli.extras.find_spec", lambda name: None)

    assert main(["serve"]) == 69
    assert "pip install 'cart-screen[web]'" in capsys.readouterr().err
