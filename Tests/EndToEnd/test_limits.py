"""Who asks too much, or too slowly, is told so; others do not notice."""

import http.client
import json
import socket
import time

import pytest

from desk import Desk


@pytest.fixture(scope="module")
def desk():
    with Desk(settings=["--demo-sign-in", "yes"]).running() as desk:
        yield desk


def send(desk, method, path, source, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", desk.port, timeout=30, source_address=(source, 0))
    try:
        body = json.dumps({"handle": "nobody.at.all"}) if method == "POST" else None
        connection.request(method, path, body=body, headers={"Content-Type": "application/json", **(headers or {})})
        answer = connection.getresponse()
        raw = answer.read()
        return answer.status, answer.headers, json.loads(raw)
    finally:
        connection.close()


def sign_in_until_refused(desk, source, headers=lambda: {}):
    for _ in range(2000):
        status, fields, body = send(desk, "POST", "/api/v1/sign-in/demo", source, headers())
        if status == 429:
            return fields, body
        assert status < 500
    raise AssertionError("nobody was refused")


def test_who_tries_to_sign_in_again_and_again_waits_and_nobody_else_does(desk):
    fields, body = sign_in_until_refused(desk, "127.0.0.21")
    assert body["code"] == "rate.exceeded" and int(fields["Retry-After"]) >= 1
    assert "127.0.0.21" not in json.dumps(body)
    assert send(desk, "POST", "/api/v1/sign-in/demo", "127.0.0.22")[0] != 429
    # What needs no sign-in, and those who are signed in, have other limits.
    assert send(desk, "GET", "/healthz", "127.0.0.21")[0] == 200
    assert send(desk, "GET", "/api/v1/anonymous/catalogue", "127.0.0.21")[0] == 200
    assert desk.person("lin.zhao").get("/me").status == 200
    assert "127.0.0.21" not in desk.log.read_text()


def test_a_proxy_on_this_machine_says_who_it_was(desk):
    """Its own word is the last; what the client said before changes nothing."""
    numbers = iter(range(1 << 20))
    forged = lambda: {"X-Forwarded-For": f"198.51.100.{next(numbers) % 250}, 203.0.113.9"}
    sign_in_until_refused(desk, "127.0.0.23", forged)
    other = {"X-Forwarded-For": "203.0.113.9, 203.0.113.10"}
    assert send(desk, "POST", "/api/v1/sign-in/demo", "127.0.0.23", other)[0] != 429


def test_who_sends_too_slowly_is_left(desk):
    """A body and header fields that come byte by byte, and never end. Takes a minute, because that is how long the daemon waits."""
    token = desk.person("lin.zhao").token
    head = f"POST /api/v1/requests HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n"
    body = socket.create_connection(("127.0.0.1", desk.port))
    body.sendall((head + "Content-Length: 1000\r\n\r\n{").encode())
    fields = socket.create_connection(("127.0.0.1", desk.port))
    fields.sendall(b"GET /api/v1/me HTTP/1.1\r\n")
    open_ones = {body: b" ", fields: b"X-A: b\r\n"}
    answers = {body: b"", fields: b""}
    deadline = time.monotonic() + 150
    while open_ones:
        assert time.monotonic() < deadline, "the daemon still waits"
        for connection, drip in list(open_ones.items()):
            try:
                connection.settimeout(0.2)
                connection.sendall(drip)
                part = connection.recv(65536)
                answers[connection] += part
                if part:
                    continue
            except TimeoutError:
                continue
            except OSError:
                pass
            del open_ones[connection]
            connection.close()
        time.sleep(0.2)
    assert b" 408 " in answers[body].split(b"\r\n")[0] and b"body.too_slow" in answers[body], answers
    assert desk.person("lin.zhao").get("/me").status == 200
