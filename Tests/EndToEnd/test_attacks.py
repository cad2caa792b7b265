"""What somebody sends who means harm, on the real daemon: refused, with the same words for the same thing, and nothing of the inside told."""

import json
import re
import socket

import pytest

from desk import eventually

LEAVE = {"kind": "vacation", "from": "2027-03-01", "until": "2027-03-05"}
INCIDENT = {"subject": "No network", "service": "network", "impact": "me", "urgent": False}
# What no answer holds: SQL, paths, names of our own types, stacks.
INSIDE = re.compile(
    r"SELECT |INSERT |bureau\.\w+ |/work|/usr|/tmp|Sources/|\.swift|PostgresStorage|ServiceDesk|libpq|0x[0-9a-f]{6}|Fatal|Optional\(")


@pytest.fixture(scope="module")
def lin(desk):
    return desk.person("lin.zhao")


@pytest.fixture(scope="module")
def incident(lin):
    answer = lin.raise_request("it.incident", INCIDENT)
    assert answer.status == 201, answer
    return answer.body["number"]


def exchange(desk, data, until=b"\r\n\r\n"):
    """The daemon's whole answer to these bytes, until it closes or a while passes."""
    with socket.create_connection(("127.0.0.1", desk.port), timeout=10) as connection:
        connection.sendall(data)
        answer = b""
        try:
            while chunk := connection.recv(65536):
                answer += chunk
                if until and until in answer:
                    break
        except (ConnectionResetError, TimeoutError):
            pass
        return answer


def status(answer):
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.") else None


# Tokens


def test_a_token_that_is_none_opens_nothing(desk, lin):
    good = lin.token
    forged = [
        good[:-1], good + "A", good.swapcase(), good.replace("bureau_pat_", "bureau_"), good[:20] + "A" + good[21:],
        "bureau_pat_" + "A" * 49, "bureau_" + "A" * 43, "null", "undefined", "' OR 1=1 --", "../../etc/passwd", "=" * 512,
    ]
    answers = set()
    for token in forged:
        answer = desk.anonymous().get("/me", headers={"Authorization": f"Bearer {token}"})
        assert (answer.status, answer.code) == (401, "auth.invalid_token"), (token, answer)
        answers.add(answer.raw)
    assert len(answers) == 1, "all are answered alike"
    for header in [f"Basic {good}", f"Token {good}", good, f"Bearer  {good}", f"Bearer {good} {good}", "Bearer", ""]:
        answer = desk.anonymous().get("/me", headers={"Authorization": header})
        assert answer.status == 401, (header, answer)
    for query in [f"access_token={good}", f"token={good}"]:
        assert desk.anonymous().get(f"/me?{query}").status == 401


def test_a_token_ends_when_it_was_to_end(desk):
    result = desk.administer("token", "create", "lin.zhao", "--expires-in", "1s", *desk.options())
    token = re.search(r"bureau_[A-Za-z0-9_-]+", result.stdout).group()
    answer = lambda: desk.anonymous().get("/me", headers={"Authorization": f"Bearer {token}"})
    eventually(lambda: answer().status == 401, what="the end of the token")
    assert answer().code == "auth.invalid_token"


# Bodies

EXTRA = ["requester", "beneficiary", "state", "version", "is_confidential", "id", "number", "outcome", "phase", "by", "at"]


@pytest.mark.parametrize("member", EXTRA)
def test_nothing_but_what_is_asked_for_can_be_set(desk, lin, incident, member):
    value = {"requester": "amara.okafor", "version": 1}.get(member, True)
    for path, body in [
        ("/requests", {"type": "it.incident", "form": INCIDENT}),
        (f"/requests/{incident}/comments", {"text": "Hello"}),
        (f"/requests/{incident}/cancellation", {}),
        (f"/requests/{incident}/amendments", {"form": {}}),
        (f"/requests/{incident}/rating", {"score": 3}),
        (f"/requests/{incident}/steps/solve/complete", {"form": {}}),
        (f"/requests/{incident}/steps/solve/claim", {}),
        ("/tokens", {"label": "x", "scopes": ["work"], "days": 1}),
        ("/anonymous/requests", {"type": "it.incident", "form": INCIDENT}),
    ]:
        before = lin.show(incident).body["version"]
        answer = lin.post(path, {**body, member: value})
        assert (answer.status, answer.code) == (422, "body.unknown_field"), (path, answer)
        assert lin.show(incident).body["version"] == before
    answer = lin.raise_request("it.incident", {**INCIDENT, member: value})
    assert (answer.status, answer.code) == (422, "form.invalid"), answer


def test_nobody_raises_in_anothers_name(desk, lin):
    for value in ["amara.okafor", "' OR ''='", "lin.zhao\u0000", "LIN.ZHAO ", "*"]:
        answer = lin.post("/requests", {"type": "hr.leave", "form": LEAVE, "for": value})
        assert answer.status in (400, 403, 404, 422), answer


def test_odd_texts_are_kept_as_they_are_or_refused(lin, incident):
    kept = [
        "e\u0301 and \u00e9 differ", "\u202eevil\u202c", "\U0001F469\u200D\U0001F680", "<script>alert(1)</script>",
        "{{ requester }} ${jndi:ldap://x} %s%n", "'; DROP TABLE bureau.request; --", "\ufeffbyte order", "\ud7ff\ue000",
    ]
    for text in kept:
        assert lin.post(f"/requests/{incident}/comments", {"text": text}).status == 200, text
    story = lin.get(f"/requests/{incident}/timeline?limit=200").body["items"]
    assert [entry["comment"] for entry in story if entry["comment"]] == kept
    for raw in [
        b'{"text": "\\ud800"}', b'{"text": "\\udc00\\ud800"}', b'{"text": "\xc0\xaf"}', b'{"text": "\xed\xa0\x80"}',
        b'{"text": "\xf5\x80\x80\x80"}', b'{"text": "\x80"}', b'{"text": "a\x00b"}', b'\xff\xfe{\x00}\x00',
    ]:
        answer = lin.post(f"/requests/{incident}/comments", raw=raw)
        assert (answer.status, answer.code) == (400, "json.malformed"), (raw, answer)
    answer = lin.post(f"/requests/{incident}/comments", {"text": "a\u0000b"})
    assert answer.status in (400, 422), answer


def test_what_stands_twice_is_refused(desk, lin, incident):
    for raw in [
        b'{"text": "a", "text": "b"}', b'{"text": "a", "te\\u0078t": "b"}',
    ]:
        answer = lin.post(f"/requests/{incident}/comments", raw=raw)
        assert (answer.status, answer.code) == (400, "json.duplicate_key"), answer
    for query in ["limit=1&limit=200", "limit=1&%6Cimit=200", "mine=true&mine=false", "limit=1&LIMIT=2", "limit[]=1"]:
        answer = lin.get(f"/requests?{query}")
        assert (answer.status, answer.code) in [(400, "query.invalid"), (400, "query.unknown")], (query, answer)


def test_what_is_too_much_is_refused_and_harms_nobody(desk, lin, incident):
    deep = b'{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    for raw in [
        deep, b'{"text": ' + b'{"a":' * 40 + b"1" + b"}" * 40 + b"}", b'{"text": 1' + b"0" * 500_000 + b"}",
        b'{"text": 1e999999999}', b'{"text": "' + b"a" * 900_000 + b'"}', b'{"' + b"a" * 900_000 + b'": 1}',
        b"{" + b",".join(b'"%d": 1' % number for number in range(60_000)) + b"}",
    ]:
        answer = lin.post(f"/requests/{incident}/comments", raw=raw)
        assert answer.status in (400, 413, 422), (raw[:40], answer)
        assert len(answer.raw) < 20_000, "an answer is not larger for what was sent"
    number = {"subject": "x", "service": "network", "impact": "me", "urgent": 10**400}
    assert lin.raise_request("it.incident", number).status in (400, 422)
    for path in ["/requests/" + "A" * 12_000, "/requests?type=" + "a" * 12_000, "/requests?cursor=" + "a" * 5_000]:
        assert lin.get(path).status in (400, 404, 414, 422, 431), path[:30]
    token = lin.token.encode()
    for line in [
        b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET /api/v1/me HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 100_000 + b"\r\n\r\n",
        b"GET /api/v1/me HTTP/1.1\r\nHost: a\r\nCookie: bureau-session=" + b"a" * 50_000 + b"\r\n\r\n",
        b"GET /api/v1/me HTTP/1.1\r\nHost: a\r\n" + b"".join(b"X-%d: a\r\n" % n for n in range(500)) + b"\r\n",
        b"GET /api/v1/me HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + token + b"\r\n" + b"X: y\r\n" * 200 + b"\r\n",
    ]:
        answer = exchange(desk, line)
        assert status(answer) in (400, 401, 414, 431, None), answer[:200]
    assert lin.get("/me").status == 200


# Methods, versions, framing


def test_unusual_methods_do_nothing(desk, lin, incident):
    for method in ["TRACE", "OPTIONS", "CONNECT", "PATCH", "PUT", "DELETE", "PROPFIND", "BREW", "get"]:
        for path in ["/api/v1/me", f"/api/v1/requests/{incident}", "/", "/healthz", "/api/v1/anonymous/request"]:
            data = f"{method} {path} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {lin.token}\r\nX-Echo: parrot\r\n"
            answer = exchange(desk, (data + "Content-Length: 0\r\nConnection: close\r\n\r\n").encode(), until=None)
            assert status(answer) in (400, 404, 405, 501, None), (method, path, answer)
            assert b"parrot" not in answer and lin.token.encode() not in answer
    # A method in another header is none.
    answer = lin.send("GET", f"/api/v1/requests/{incident}", headers={"X-HTTP-Method-Override": "DELETE"})
    assert answer.status == 200


def test_a_head_says_what_a_get_would_and_no_more(desk, lin, incident):
    for path in [f"/api/v1/requests/{incident}", "/api/v1/requests", "/api/v1/me", "/healthz"]:
        answer = lin.send("HEAD", path)
        assert (answer.status, answer.raw) == (200, b""), (path, answer)


def test_old_and_invented_versions_of_http(desk, lin):
    authorization = f"Authorization: Bearer {lin.token}\r\n".encode()
    assert status(exchange(desk, b"GET /api/v1/me HTTP/1.0\r\n" + authorization + b"\r\n")) in (200, 400)
    for line in [b"GET /api/v1/me HTTP/9.9\r\n", b"GET /api/v1/me\r\n", b"\x16\x03\x01\x02\x00"]:
        answer = exchange(desk, line + b"Host: a\r\n" + authorization + b"\r\n")
        assert status(answer) in (400, 505, None), (line, answer)
    # An absolute form is the same resource, whatever host it names.
    absolute = b"GET http://elsewhere.example/api/v1/me HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n"
    assert status(exchange(desk, absolute)) in (400, 401, 404)


def test_what_is_smuggled_is_no_request(desk, lin):
    """Whatever a proxy and the daemon could disagree on ends the connection: the second request is never answered."""
    inner = f"GET /api/v1/me HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {lin.token}\r\n\r\n".encode()
    head = b"POST /api/v1/requests HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
    for fields in [
        b"Content-Length: 0\r\nTransfer-Encoding: chunked\r\n", b"Content-Length: 5\r\nContent-Length: 0\r\n",
        b"Content-Length: +5\r\n", b"Content-Length: 0x5\r\n", b"Transfer-Encoding: xchunked\r\n",
        b"Transfer-Encoding: chunked, identity\r\n", b"Transfer-Encoding : chunked\r\n", b"Content-Length: 1,2\r\n",
        b"Transfer-Encoding:\x0bchunked\r\n",
    ]:
        answer = exchange(desk, head + fields + b"\r\n0\r\n\r\n" + inner, until=b'"handle"')
        assert b"lin.zhao" not in answer, (fields, answer)


# Browsers


def test_no_other_origin_is_allowed_anything(desk, lin, incident):
    for origin in ["https://evil.example", "null", desk.url]:
        for method, path in [("GET", f"/api/v1/requests/{incident}"), ("OPTIONS", "/api/v1/requests"), ("GET", "/healthz")]:
            asked = {"Origin": origin, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
            answer = lin.send(method, path, headers=asked)
            assert [name for name in answer.headers if name.lower().startswith("access-control")] == [], answer


# What answers tell


def test_no_answer_tells_of_the_inside(desk, lin, incident):
    odd = ["'", '"', "\\", "%00", "%27--", "..%2f..%2fetc%2fpasswd", "%s", "{{7*7}}", "%F0%9F%92%A9", "-1", "NaN", "%ff"]
    for text in odd:
        for method, path, body in [
            ("GET", f"/requests/{text}", None), ("GET", f"/requests?type={text}", None), ("GET", f"/catalogue/{text}", None),
            ("GET", f"/requests?cursor={text}", None), ("GET", f"/inbox?cursor={text}", None), ("GET", f"/inbox?limit={text}", None),
            ("POST", f"/requests/{incident}/steps/{text}/claim", {}), ("POST", f"/requests/{incident}/steps/solve/{text}", {}),
            ("DELETE", f"/sessions/{text}", None), ("DELETE", f"/tokens/{text}", None), ("GET", f"/{text}", None),
            ("GET", f"/requests/{incident}/access?person={text}", None), ("GET", f"/anonymous/catalogue/{text}", None),
        ]:
            answer = lin.send(method, "/api/v1" + path, body)
            assert answer.status < 500, (path, answer)
            found = INSIDE.search(answer.raw.decode() + str(answer.headers))
            assert not found, (path, found, answer)
    for header, value in [
        ("If-Match", "'"), ("If-None-Match", '"' * 300), ("Idempotency-Key", "\x7f"), ("Accept-Language", "x" * 5000),
        ("Content-Type", "application/xml"), ("Content-Encoding", "gzip"), ("Cookie", "bureau-session=x; bureau-session=y"),
    ]:
        answer = lin.post(f"/requests/{incident}/comments", {"text": "x"}, headers={header: value})
        assert answer.status < 500 and not INSIDE.search(answer.raw.decode()), (header, answer)
    assert "Server" not in lin.get("/me").headers


def test_what_is_hidden_cannot_be_told_from_what_does_not_exist(desk, lin):
    """Neither by a status, a body or a header, of whatever is asked of it."""
    hidden = lin.raise_request("hr.leave", LEAVE).body
    stranger = desk.person("lukas.hartwig")
    unknown = {"number": "HR-999999", "id": "0192f0c1-2345-7abc-8def-0123456789ab"}
    varying = {"X-Request-Id", "Date", "Content-Length"}
    for kind in ["number", "id"]:
        for method, path, body in [
            ("GET", "", None), ("GET", "/timeline", None), ("GET", "/access", None), ("GET", "/access?person=lin.zhao", None),
            ("POST", "/comments", {"text": "x"}), ("POST", "/rating", {"score": 9}), ("POST", "/amendments", {"form": {"x": 1}}),
            ("POST", "/reopening", {}), ("POST", "/events", {"event": "x"}), ("POST", "/steps/decide/hand_over", {"to": "nobody"}),
            ("POST", "/steps/decide/hand_over", {"to": "lin.zhao"}), ("POST", "/steps/decide/add_voter", {"voter": "nobody"}),
        ]:
            seen = set()
            for target in [hidden[kind], unknown[kind]]:
                answer = stranger.send(method, f"/api/v1/requests/{target}{path}", body)
                fields = sorted((name, value) for name, value in answer.headers.items() if name not in varying)
                seen.add((answer.status, answer.raw.replace(target.encode(), b""), json.dumps(fields)))
            assert len(seen) == 1, (path, seen)


def test_refusals_are_told_to_whoever_watches(desk, lin):
    nobody = desk.anonymous()
    assert nobody.post("/sign-in", {"handle": "nobody.who.watches", "password": "a ferry in the fog"}).code == "sign_in.failed"
    nobody.token = "bureau_pat_guessed-by-somebody"
    assert nobody.get("/me").status == 401
    assert lin.show("HR-777777").status == 404
    assert lin.get("/audit?log=reads").code == "access.not_allowed"
    assert lin.post("/requests", {"type": "hr.leave", "form": LEAVE, "phase": "closed"}).code == "body.unknown_field"
    person = lin.get("/me").body["person"]["id"]

    def told():
        lines = [line for line in desk.log.read_text().splitlines() if " refused" in line and " event=" in line]
        found = {(re.search(r"event=(\S+)", line)[1], re.search(r"code=(\S+)", line)[1], f"person={person}" in line) for line in lines}
        wanted = {
            ("sign_in.refused", "sign_in.failed", False), ("authentication.failed", "auth.invalid_token", False),
            ("access.refused", "request.not_found", True), ("access.refused", "access.not_allowed", True),
            ("input.refused", "body.unknown_field", True),
        }
        return lines if wanted <= found else None

    lines = "\n".join(eventually(told, what="the refusals in the log"))
    for secret in ["guessed-by-somebody", "fog", "HR-777777", "nobody.who.watches", "127.0.0.1"]:
        assert secret not in lines
