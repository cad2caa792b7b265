"""Signing in with a browser: cookies, where writes come from, and how sessions end."""

import pytest

from desk import CONFIG, Desk, eventually

INCIDENT = {"subject": "No network", "service": "network", "impact": "me", "urgent": False}


@pytest.fixture(scope="module")
def desk():
    with Desk(settings=["--demo-sign-in", "yes"]).running() as desk:
        yield desk


def test_a_browser_signs_in_works_and_signs_out(desk):
    lin = desk.sign_in("lin.zhao")
    assert lin.get("/me").body["person"]["handle"] == "lin.zhao"
    assert lin.raise_request("it.incident", INCIDENT).status == 201
    session = lin.get("/session").body
    assert session["is_current"] and session["method"] == "demo" and session["label"] == "A test"
    ended = lin.send("DELETE", "/api/v1/session")
    assert ended.status == 204 and "Max-Age=0" in ended.headers["Set-Cookie"], ended
    refused = lin.get("/me")
    assert (refused.status, refused.code) == (401, "auth.invalid_session"), refused


def test_the_cookie_is_for_the_desk_alone(desk):
    cookie = desk.anonymous().post("/sign-in/demo", {"handle": "lin.zhao"}).headers["Set-Cookie"]
    assert [part.strip() for part in cookie.split(";")][1:] == ["Path=/", "HttpOnly", "SameSite=Lax"]


@pytest.mark.parametrize(
    "fields,code",
    [
        ({"X-CSRF-Token": "guessed"}, "auth.csrf_token"),
        ({"Sec-Fetch-Site": "cross-site"}, "auth.foreign_origin"),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"}, "auth.foreign_origin"),
    ],
)
def test_another_site_changes_nothing(desk, fields, code):
    lin = desk.sign_in("lin.zhao")
    before = len(lin.get("/requests?limit=200").body["items"])
    answer = lin.post("/requests", {"type": "it.incident", "form": INCIDENT}, headers=fields)
    assert (answer.status, answer.code) == (403, code), answer
    assert len(lin.get("/requests?limit=200").body["items"]) == before


def test_a_session_and_a_token_at_once_are_refused(desk):
    lin = desk.sign_in("lin.zhao")
    answer = lin.get("/me", headers=desk.person("anke.reuter").credentials())
    assert (answer.status, answer.code) == (400, "auth.two_credentials"), answer


def test_people_end_their_own_sessions_only(desk):
    lin, other, anke = desk.sign_in("lin.zhao"), desk.sign_in("lin.zhao"), desk.sign_in("anke.reuter")
    listed = [session["id"] for session in lin.get("/sessions").body["items"]]
    assert other.session["id"] in listed and anke.session["id"] not in listed
    refused = lin.send("DELETE", f"/api/v1/sessions/{anke.session['id']}")
    assert (refused.status, refused.code) == (404, "session.unknown"), refused
    assert lin.send("DELETE", f"/api/v1/sessions/{other.session['id']}").status == 204
    assert other.get("/me").status == 401 and anke.get("/me").status == 200
    by_token = desk.person("lin.zhao").send("DELETE", "/api/v1/session")
    assert (by_token.status, by_token.code) == (404, "auth.no_session"), by_token


def test_signing_in_anew_ends_the_session_that_the_browser_had(desk):
    lin = desk.sign_in("lin.zhao")
    answer = desk.anonymous().post("/sign-in/demo", {"handle": "anke.reuter"}, headers={"Cookie": lin.cookie})
    assert answer.status == 200 and lin.get("/me").status == 401


def test_no_secret_is_in_the_log(desk):
    lin = desk.sign_in("lin.zhao")
    lin.get("/me")
    log = desk.log.read_text()
    assert lin.cookie.split("=", 1)[1] not in log and lin.session["csrf_token"] not in log


def test_a_leaver_is_signed_out(own_desk_with_demo, tmp_path):
    lin = own_desk_with_demo.sign_in("lin.zhao")
    people = (CONFIG / "demo" / "people.csv").read_text().splitlines()
    file = tmp_path / "people.csv"
    file.write_text("\n".join(line for line in people if not line.startswith("lin.zhao,")) + "\n")
    own_desk_with_demo.import_people(file)
    eventually(lambda: lin.get("/me").status == 401, 15, "the leaver's refusal")


@pytest.fixture
def own_desk_with_demo():
    with Desk(settings=["--demo-sign-in", "yes"]).running() as desk:
        yield desk


def test_without_the_setting_nobody_signs_in_as_anybody(tmp_path):
    desk = Desk(settings=["--demo-sign-in", "yes", "--listen", "0.0.0.0:0"])
    try:
        refused = desk.administer("settings", *desk.settings, check=False)
        assert refused.returncode != 0 and "loopback" in refused.stderr, refused
    finally:
        desk.clear()


def test_a_token_does_what_it_is_made_for(desk):
    lin = desk.sign_in("lin.zhao")
    made = lin.post("/tokens", {"label": "reader", "scopes": ["requests:read"], "days": 30})
    assert made.status == 201 and made.body["secret"].startswith("bureau_pat_"), made
    reader = desk.anonymous()
    reader.token = made.body["secret"]
    assert reader.get("/requests").status == 200 and reader.get("/me").status == 200
    refused = reader.raise_request("it.incident", INCIDENT)
    assert (refused.status, refused.code) == (403, "auth.insufficient_scope"), refused
    assert 'scope="requests:write"' in refused.headers["WWW-Authenticate"]
    assert reader.get("/tokens").status == 403
    assert [token["label"] for token in lin.get("/tokens").body["items"] if "secret" in token] == []
    assert lin.send("DELETE", f"/api/v1/tokens/{made.body['id']}").status == 204
    assert reader.get("/me").status == 401
    unknown = desk.sign_in("anke.reuter").send("DELETE", f"/api/v1/tokens/{made.body['id']}")
    assert (unknown.status, unknown.code) == (404, "token.unknown"), unknown
