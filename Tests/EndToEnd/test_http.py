"""HTTP itself on the real daemon: methods, header fields, bodies in pieces, versions, languages."""

import contextlib
import json
import socket
import time
from datetime import date, timedelta

import pytest

from desk import Answer, key

INCIDENT = {"subject": "No network", "service": "network", "impact": "me", "urgent": False}
LEAVE = {
    "kind": "vacation", "from": str(date.today() + timedelta(days=10)), "until": str(date.today() + timedelta(days=12)),
}


@pytest.fixture(scope="module")
def lin(desk):
    return desk.person("lin.zhao")


@pytest.fixture(scope="module")
def number(lin):
    return lin.raise_request("it.incident", INCIDENT).body["number"]


def exchange(desk, *parts, pause=0.0, seconds=20):
    """Sends bytes in parts, as they are, and gives everything that comes until the daemon closes."""
    with socket.create_connection(("127.0.0.1", desk.port), timeout=seconds) as connection:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            for part in parts:
                connection.sendall(part.encode() if isinstance(part, str) else part)
                time.sleep(pause)
        received = b""
        with contextlib.suppress(ConnectionResetError):
            while part := connection.recv(65536):
                received += part
        return received


def answers(received, methods=("GET",)):
    """The answers of a connection, each read by its own length."""
    found = []
    for method in methods:
        head, _, received = received.partition(b"\r\n\r\n")
        lines = head.decode().split("\r\n")
        headers = dict(line.split(": ", 1) for line in lines[1:])
        length = 0 if method == "HEAD" else int(headers.get("Content-Length", 0))
        body, received = received[:length], received[length:]
        found.append(Answer(int(lines[0].split()[1]), {"Content-Type": "", **headers}, body))
    assert received == b""
    return found


def head(person, method, path, *fields, close=True):
    lines = [f"{method} {path} HTTP/1.1", "Host: desk", f"Authorization: Bearer {person.token}", *fields]
    return "\r\n".join(lines + (["Connection: close"] if close else [])) + "\r\n\r\n"


JSON = "Content-Type: application/json"
HELLO = '{"text":"Hi"}'


def comment(person, number, *fields):
    return head(person, "POST", f"/api/v1/requests/{number}/comments", JSON, *fields)


def test_a_chunked_body_needs_no_length(desk, lin, number):
    received = exchange(desk, comment(lin, number, "Transfer-Encoding: chunked"), '5\r\n{"tex\r\n8\r\nt":"Hi"}\r\n0\r\n\r\n')
    assert answers(received)[0].status == 200


def test_a_slow_body_is_waited_for(desk, lin, number):
    received = exchange(desk, comment(lin, number, f"Content-Length: {len(HELLO)}"), *HELLO, pause=0.1)
    assert answers(received)[0].status == 200


def test_a_chunked_body_that_grows_too_large_is_refused(desk, lin, number):
    chunk = b"80000\r\n" + b"x" * 0x80000 + b"\r\n"
    received = exchange(desk, comment(lin, number, "Transfer-Encoding: chunked"), *[chunk] * 4, "0\r\n\r\n")
    assert (answers(received)[0].status, answers(received)[0].code) == (413, "body.too_large")


def test_a_declared_length_that_is_too_large_is_refused_unread(desk, lin, number):
    answer = answers(exchange(desk, comment(lin, number, "Content-Length: 2000000"), "{}"))[0]
    assert (answer.status, answer.code) == (413, "body.too_large")


def test_the_largest_body_is_read(lin, number):
    def body(size):
        return b'{"text":"' + b"a" * (size - 11) + b'"}'

    path = f"/api/v1/requests/{number}/comments"
    assert lin.send("POST", path, raw=body(1 << 20)).code == "comment.too_long"
    assert lin.send("POST", path, raw=body((1 << 20) + 1)).code == "body.too_large"


# Bodies whose end is not certain, so that something could be smuggled behind them: the connection ends.
FRAMINGS = [
    ["Content-Length: 13", "Content-Length: 14"], ["Content-Length: 13", "Transfer-Encoding: chunked"],
    ["Content-Length: -1"], ["Content-Length: 99999999999999999999999"],
]


@pytest.mark.parametrize("fields", FRAMINGS)
def test_an_uncertain_framing_ends_the_connection(desk, lin, number, fields):
    received = exchange(desk, comment(lin, number, *fields).replace("Connection: close\r\n", ""), HELLO)
    assert received.startswith(b"HTTP/1.1 400 ") and b"\r\nConnection: close\r\n" in received


def test_a_broken_chunk_is_unreadable(desk, lin, number):
    answer = answers(exchange(desk, comment(lin, number, "Transfer-Encoding: chunked"), "ZZ\r\nHi\r\n"))[0]
    assert (answer.status, answer.code) == (400, "body.unreadable")


OVERSIZED = [
    "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Large: " + "a" * 20_000 + "\r\n\r\n",
    "GET /healthz HTTP/1.1\r\nHost: x\r\n" + "".join(f"X-{place}: a\r\n" for place in range(200)) + "\r\n",
    "GET /" + "9" * 30_000 + " HTTP/1.1\r\nHost: x\r\n\r\n",
    "\x16\x03\x01hello\r\n\r\n",
    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
]


@pytest.mark.parametrize("text", OVERSIZED)
def test_a_header_that_is_none_ends_the_connection(desk, text):
    assert exchange(desk, text).startswith(b"HTTP/1.1 400 ")


def test_a_connection_goes_on_after_a_refusal(desk, lin):
    """What was refused unread must not be taken for the next request."""
    first = head(lin, "POST", "/api/v1/requests", JSON, "Content-Length: 13", close=False).replace("Bearer", "Basic")
    received = exchange(desk, first + HELLO, head(lin, "HEAD", "/api/v1/me", close=False) + head(lin, "GET", "/api/v1/me"))
    refused, empty, profile = answers(received, ["POST", "HEAD", "GET"])
    assert (refused.status, refused.code) == (401, "auth.invalid_token")
    assert empty.status == 200 and profile.body["person"]["handle"] == "lin.zhao"
    assert empty.headers["Content-Length"] == profile.headers["Content-Length"]


def test_a_field_that_stands_twice_is_not_guessed_at(desk, lin, number):
    length = f"Content-Length: {len(HELLO)}"
    for fields in [
        ["Idempotency-Key: a", "Idempotency-Key: b"], ['If-Match: "v1"', 'If-Match: "v2"'],
        ["Content-Type: text/plain"], ["Authorization: Bearer other"],
    ]:
        answer = answers(exchange(desk, comment(lin, number, length, *fields), HELLO))[0]
        assert (answer.status, answer.code) == (400, "header.repeated"), fields


FIELDS = [
    ("Idempotency-Key", "schl\u00fcssel", "header.idempotency_key"), ("Idempotency-Key", "k" * 255, None),
    ("If-Match", "7", "header.if_match"), ("If-Match", 'W/"v7"', "header.if_match"), ("If-Match", "*", None),
    ("If-Match", '"v7", "v8"', "header.if_match"), ("If-Match", '"v123456789012345678"', "header.if_match"),
    ("If-Match", '"v-1"', "header.if_match"), ("If-Match", '"v99"', "request.version_mismatch"),
    ("Content-Type", "text/plain", "body.media_type"), ("Content-Encoding", "gzip", "body.media_type"),
    ("Content-Type", "application/json; charset=latin1", "body.media_type"),
    ("Content-Type", "application/json; charset=UTF-8", None),
]


@pytest.mark.parametrize("name,value,code", FIELDS)
def test_header_fields_are_checked(lin, number, name, value, code):
    answer = lin.post(f"/requests/{number}/comments", {"text": "Hi"}, headers={name: value})
    statuses = {None: 200, "body.media_type": 415, "request.version_mismatch": 412}
    assert (answer.status, answer.code) == (statuses.get(code, 400), code), answer


BODIES = [
    ("/requests", b'{"type":"a\\u0000"}', 400, "json.malformed"),
    ("/requests", b'{"type":"\\ud800"}', 400, "json.malformed"),
    ("/requests", '{"type":"hr.leave","f\u00f6rm":{}}'.encode(), 422, "body.unknown_field"),
    ("/requests", '{"type":"hr.leave","form":{"\u00e9":1,"e\u0301":2}}'.encode(), 400, "json.duplicate_key"),
    ("/requests?x=1", b'{"type":"hr.leave"}', 400, "query.unknown"),
    ("/requests/{}/steps/%5Bx/claim", b"", 404, "request.step.unknown"),
    ("/requests/{}/steps/a%231/claim", b"", 404, "request.step.unknown"),
    ("/requests/{}/steps/solve/claim", b'{"by":"me"}', 422, "body.unknown_field"),
    ("/requests/{}/steps/solve/claim", b"null", 422, "body.type"),
    ("/requests/{}/steps/solve/give_up", b"{}", 422, "body.missing"),
    ("/requests/{}/comments", b'{"text":" "}', 422, "comment.empty"),
]


@pytest.mark.parametrize("path,body,status,code", BODIES)
def test_bodies_are_read_strictly(lin, number, path, body, status, code):
    answer = lin.send("POST", "/api/v1" + path.format(number), raw=body)
    assert (answer.status, answer.code) == (status, code), answer


def test_all_wrong_members_are_named_together(lin):
    answer = lin.post("/requests", {"for": 1, "z": 2, "a": 3})
    found = [(field["field"], field["code"]) for field in answer.body["fields"]]
    assert found == [
        ("type", "body.missing"), ("for", "body.type"), ("a", "body.unknown_field"), ("z", "body.unknown_field"),
    ]
    assert answer.body["type"] == "urn:bureau:problem:body.missing" and answer.body["status"] == 422


def test_methods_that_a_path_does_not_take(lin, number):
    for method, path, allowed in [
        ("DELETE", f"/requests/{number}", "GET, HEAD"), ("OPTIONS", "/requests", "GET, HEAD, POST"),
        ("GET", f"/requests/{number}/steps/solve/claim", "POST"), ("PUT", "/requests", "GET, HEAD, POST"),
        ("TRACE", "/me", "GET, HEAD"),
    ]:
        answer = lin.send(method, "/api/v1" + path)
        assert (answer.status, answer.code) == (405, "route.method_not_allowed"), (method, path)
        assert answer.headers["Allow"] == allowed
    answer = lin.send("HEAD", f"/api/v1/requests/{number}/comments")
    assert (answer.status, answer.raw, answer.headers["Allow"]) == (405, b"", "POST")


def test_every_answer_is_protected(desk, lin):
    # Pages tell themselves where a form comes from, and nobody else; without that, browsers call the origin of forms "null".
    for person, path, referrer in [
        (lin, "/api/v1/me", "no-referrer"), (desk.anonymous(), "/healthz", "no-referrer"), (lin, "/nothing", "same-origin"),
        (desk.anonymous(), "/api/v1/me", "no-referrer"),
    ]:
        headers = person.send("GET", path).headers
        assert headers["Cache-Control"] == "no-store" and headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Request-Id"] and headers["Referrer-Policy"] == referrer


def test_a_known_version_is_not_sent_again(lin, number):
    shown = lin.show(number)
    tag = shown.headers["ETag"]
    assert tag == f'"v{shown.body["version"]}"'
    for header, status in [
        (tag, 304), (f"W/{tag}", 304), (f'"v99", {tag}', 304), ("*", 304), ('"v99"', 200), (tag.strip('"'), 200),
        ('"x"', 200), (tag.replace("v", "v0"), 200),
    ]:
        answer = lin.get(f"/requests/{number}", headers={"If-None-Match": header})
        assert (answer.status, answer.headers["ETag"], bool(answer.raw)) == (status, tag, status == 200), header


def test_a_stale_caller_learns_the_version(lin, number):
    answer = lin.post(f"/requests/{number}/comments", {"text": "Hi"}, headers={"If-Match": '"v1"'})
    current = lin.show(number)
    assert (answer.status, answer.code) == (412, "request.version_mismatch")
    assert answer.body["current_version"] == current.body["version"] and answer.headers["ETag"] == current.headers["ETag"]


def test_a_raised_request_has_an_address_also_when_it_is_repeated(lin):
    same = key()
    first, second = (lin.raise_request("hr.leave", LEAVE, key=same) for _ in range(2))
    for answer, replayed in [(first, None), (second, "true")]:
        assert answer.status == 201 and answer.headers["Location"] == f"/api/v1/requests/{first.body['id']}"
        assert answer.headers["ETag"] == f'"v{first.body["version"]}"'
        assert answer.headers["Idempotency-Replayed"] == replayed
    assert first.body == second.body


def test_languages_are_chosen_among_those_of_the_organisation(desk, lin):
    anke = desk.person("anke.reuter")
    for person, header, language in [
        (lin, None, "en"), (anke, None, "de"), (anke, "en", "en"), (lin, "fr, de-AT;q=0.8, en;q=0.2", "de"),
        (lin, "fr", "en"), (anke, "*", "de"), (lin, "en;q=0, de", "de"), (lin, ";;,=", "en"),
        (anke, "de;q=0.1, en;q=0.9", "en"), (lin, "de;q=nan", "en"), (lin, "de;q=inf", "de"),
    ]:
        headers = {"Accept-Language": header} if header else {}
        title = person.get("/catalogue/hr.leave", headers=headers).body["title"]
        assert title == {"en": "Leave", "de": "Abwesenheit"}[language], header


def test_health_needs_nobody(desk):
    nobody = desk.anonymous()
    assert json.loads(nobody.send("GET", "/healthz").raw) == {"status": "alive"}
    assert json.loads(nobody.send("GET", "/readyz").raw) == {"status": "ready"}


def test_everything_else_needs_a_token(desk, number):
    """Every path of the description, with no token, a wrong one and another scheme."""
    nobody = desk.anonymous()
    steps = [f"/requests/{number}/steps/solve/{action}" for action in
             ["claim", "release", "complete", "approve", "reject", "retry", "give_up"]]
    reading = ["/me", "/catalogue", "/catalogue/hr.leave", "/inbox", "/requests", f"/requests/{number}", f"/requests/{number}/timeline"]
    changing = ["/requests", f"/requests/{number}/comments", f"/requests/{number}/cancellation", *steps]
    for method, path in [("GET", path) for path in reading] + [("POST", path) for path in changing]:
        for header, code in [(None, "auth.missing_token"), ("Bearer x", "auth.invalid_token"), ("Basic eDp4", "auth.invalid_token")]:
            answer = nobody.send(method, "/api/v1" + path, headers={"Authorization": header} if header else {})
            assert (answer.status, answer.code) == (401, code), (method, path)
            assert answer.headers["WWW-Authenticate"].startswith('Bearer realm="bureau"')
