"""Signing in with a password over real HTTP: codes, guesses, locks, and that nothing of it is written down."""

import re

import pytest

from desk import Browser, Desk

SECRET = "the ferry leaves at nine"


@pytest.fixture(scope="module")
def desk():
    with Desk().running() as desk:
        yield desk


def attempt(desk, handle, password, **options):
    return desk.anonymous().post("/sign-in", {"handle": handle, "password": password}, **options)


def fail(desk, handle, times):
    for _ in range(times):
        answer = attempt(desk, handle, "a wrong password")
        assert (answer.status, answer.code) == (403, "sign_in.failed"), answer


def test_a_code_sets_a_password_and_the_password_signs_in(desk):
    token = desk.person("lin.zhao")
    assert token.get("/me").status == 200
    code = desk.administer("account", "invite", "lin.zhao", *desk.options()).stdout.strip()
    enrol = lambda password: desk.anonymous().post("/sign-in/invitation", {"code": code, "password": password})
    for password, problem in [
        ("short", "password.too_short"), ("x" * 129, "password.too_long"), ("PASSWORD1234", "password.common"),
        ("my name is lin.zhao", "password.holds_handle"),
    ]:
        refused = enrol(password)
        assert (refused.status, refused.code) == (422, problem), refused
    answer = enrol(SECRET)
    assert answer.status == 200 and answer.body["method"] == "invitation", answer
    assert [part.strip() for part in answer.headers["Set-Cookie"].split(";")][1:] == ["Path=/", "HttpOnly", "SameSite=Lax"]
    assert token.get("/me").status == 401
    desk.forget_token("lin.zhao")
    again = enrol(SECRET)
    assert (again.status, again.code) == (404, "invitation.unknown"), again
    signed_in = attempt(desk, "lin.zhao", SECRET)
    assert signed_in.status == 200 and signed_in.body["method"] == "password", signed_in
    lin = Browser(desk, "lin.zhao", signed_in)
    assert lin.get("/me").body["person"]["handle"] == "lin.zhao"


def test_another_site_signs_nobody_in(desk):
    answer = attempt(desk, "lin.zhao", SECRET, headers={"Origin": "https://evil.example"})
    assert (answer.status, answer.code) == (403, "auth.foreign_origin"), answer


def test_who_guesses_waits_whether_there_is_somebody_or_not(desk):
    desk.set_password("anke.reuter", SECRET)
    answers = []
    for handle in ["anke.reuter", "darius.novak", "nobody.at.all"]:
        fail(desk, handle, 4)
        answer = attempt(desk, handle, SECRET)
        assert (answer.status, answer.code) == (429, "sign_in.throttled"), answer
        assert re.fullmatch("[12]", answer.headers["Retry-After"])
        answers.append({name: value for name, value in answer.body.items()})
    assert answers[0] == answers[1] == answers[2]
    shown = desk.administer("account", "unlock", "anke.reuter", *desk.options()).stdout
    assert "may sign in again" in shown
    assert attempt(desk, "anke.reuter", SECRET).status == 200


def test_changing_the_password_ends_the_other_sessions(desk):
    here = desk.set_password("omar.haddad", SECRET)
    there = Browser(desk, "omar.haddad", attempt(desk, "omar.haddad", SECRET))
    body = {"old_password": SECRET, "new_password": "the next ferry leaves at ten"}
    refused = here.send("PUT", "/api/v1/password", {**body, "old_password": "something else"})
    assert (refused.status, refused.code) == (403, "password.wrong"), refused
    without_proof = here.send("PUT", "/api/v1/password", body, headers={"X-CSRF-Token": "guessed"})
    assert (without_proof.status, without_proof.code) == (403, "auth.csrf_token"), without_proof
    assert here.send("PUT", "/api/v1/password", body).status == 204
    assert here.get("/me").status == 200 and there.get("/me").status == 401
    assert attempt(desk, "omar.haddad", SECRET).code == "sign_in.failed"
    assert attempt(desk, "omar.haddad", body["new_password"]).status == 200
    none = desk.person("carla.mendes").send("PUT", "/api/v1/password", body)
    assert (none.status, none.code) == (409, "password.none"), none


def test_a_token_changes_the_password_only_when_it_is_made_for_that(desk):
    clara = desk.set_password("clara.weiss", SECRET)
    narrow = desk.anonymous()
    narrow.token = clara.post("/tokens", {"label": "x", "scopes": ["requests:read"], "days": 1}).body["secret"]
    refused = narrow.send("PUT", "/api/v1/password", {"old_password": SECRET, "new_password": "a ferry for tokens"})
    assert (refused.status, refused.code) == (403, "auth.insufficient_scope"), refused


def test_a_code_for_somebody_of_another_department_takes_two_people(desk):
    priya, nadia, jonas = (desk.person(name) for name in ["priya.raman", "nadia.benali", "jonas.brandt"])
    invited = priya.post("/accounts/jonas.brandt/invitation")
    assert invited.status == 201 and invited.body["needs_confirmation"], invited
    enrol = lambda: desk.anonymous().post(
        "/sign-in/invitation", {"code": invited.body["code"], "password": "the ferry leaves at eight"})
    refused = enrol()
    assert (refused.status, refused.code) == (403, "invitation.unconfirmed"), refused
    path = "/accounts/jonas.brandt/invitation/confirmation"
    assert priya.post(path).code == "invitation.none" and jonas.post(path).code == "access.not_allowed"
    assert "invitation_to_confirm" in [item["kind"] for item in nadia.get("/notifications").body["items"]]
    nadia.command("confirm-invitation", "jonas.brandt")
    assert enrol().status == 200 and jonas.get("/me").status == 401
    desk.forget_token("jonas.brandt")
    jonas = desk.person("jonas.brandt")
    told = [item["kind"] for item in nadia.get("/notifications").body["items"]]
    assert {"account_invited", "invitation_used"} <= set(told)
    assert "invitation_used" in [item["kind"] for item in jonas.get("/notifications").body["items"]]


def test_platform_administrators_invite_lock_and_unlock(desk):
    priya, marta = desk.person("priya.raman"), desk.person("marta.silveira")
    invited = priya.post("/accounts/joao.baptista/invitation")
    assert invited.status == 201 and not invited.body["needs_confirmation"], invited
    answer = desk.anonymous().post("/sign-in/invitation", {"code": invited.body["code"], "password": SECRET})
    joao = Browser(desk, "joao.baptista", answer)
    token = desk.person("joao.baptista")
    shown = priya.get("/accounts/joao.baptista").body
    assert shown["has_password"] and not shown["is_locked"] and shown["person"]["handle"] == "joao.baptista"

    assert priya.send("PUT", "/api/v1/accounts/joao.baptista/lock").status == 204
    assert joao.get("/me").status == 401 and token.get("/me").status == 401
    locked = attempt(desk, "joao.baptista", SECRET)
    assert (locked.status, locked.code) == (403, "account.locked"), locked
    assert attempt(desk, "joao.baptista", "a wrong password").code == "sign_in.failed"
    assert priya.post("/accounts/joao.baptista/invitation").code == "account.locked"
    assert priya.get("/accounts/joao.baptista").body["is_locked"]
    assert priya.send("DELETE", "/api/v1/accounts/joao.baptista/lock").status == 204
    assert attempt(desk, "joao.baptista", SECRET).status == 200

    unknown = priya.get("/accounts/nobody")
    assert (unknown.status, unknown.code) == (404, "people.unknown"), unknown
    for answer in [
        marta.get("/accounts/joao.baptista"), marta.post("/accounts/marta.silveira/invitation"),
        marta.send("PUT", "/api/v1/accounts/joao.baptista/lock"),
        marta.send("DELETE", "/api/v1/accounts/marta.silveira/lock"), marta.get("/accounts/nobody"),
    ]:
        assert (answer.status, answer.code) == (403, "access.not_allowed"), answer


def test_platform_administrators_make_tokens_of_programs(own_desk, tmp_path):
    own_desk.import_program("nightly.sync", tmp_path / "people.csv")
    priya, marta = own_desk.person("priya.raman"), own_desk.person("marta.silveira")
    body = {"label": "nightly", "scopes": ["requests:read"], "days": 30}
    made = priya.post("/accounts/nightly.sync/tokens", body)
    assert made.status == 201 and made.body["secret"].startswith("bureau_pat_"), made
    program = own_desk.anonymous()
    program.token = made.body["secret"]
    assert program.get("/me").body["person"]["handle"] == "nightly.sync" and program.get("/requests").status == 200
    assert program.get("/inbox").code == "auth.insufficient_scope"
    # Its own tokens and sessions are not its business.
    whole = own_desk.person("nightly.sync")
    assert whole.get("/tokens").code == whole.get("/sessions").code == "access.not_allowed"
    assert "secret" not in str(priya.get("/accounts/nightly.sync/tokens").body)
    assert priya.post("/accounts/lin.zhao/tokens", body).code == "account.not_a_program"
    for answer in [
        marta.post("/accounts/nightly.sync/tokens", body), marta.get("/accounts/nightly.sync/tokens"),
        marta.send("DELETE", f"/api/v1/accounts/nightly.sync/tokens/{made.body['id']}"),
        whole.post("/accounts/nightly.sync/tokens", body),
    ]:
        assert (answer.status, answer.code) == (403, "access.not_allowed"), answer
    assert priya.send("DELETE", f"/api/v1/accounts/nightly.sync/tokens/{made.body['id']}").status == 204
    assert program.get("/me").code == "auth.invalid_token"


def test_platform_administrators_end_sessions_of_others(desk):
    priya, marta, ruben = desk.person("priya.raman"), desk.person("marta.silveira"), desk.set_password("ruben.castro", SECRET)
    listed = priya.get("/accounts/ruben.castro/sessions").body["items"]
    assert [session["id"] for session in listed] == [ruben.session["id"]]
    path = f"/api/v1/accounts/ruben.castro/sessions/{ruben.session['id']}"
    assert marta.send("DELETE", path).code == "access.not_allowed" and ruben.get("/me").status == 200
    assert priya.send("DELETE", path.replace("ruben.castro", "lin.zhao")).code == "session.unknown"
    assert priya.send("DELETE", path).status == 204 and ruben.get("/me").status == 401


def test_the_command_line_lists_and_ends_sessions_and_tokens(desk):
    browser, nils = desk.set_password("nils.petersen", SECRET), desk.person("nils.petersen")
    session = browser.session["id"]
    assert session in nils.command("session").stdout
    nils.command("session", "end", session)
    assert browser.get("/me").status == 401
    made = desk.anonymous()
    made.token = nils.command("token", "create", "a script", "--scope", "requests:read", "--days", "2").stdout.strip()
    assert made.get("/requests").status == 200
    listed = nils.command("token").stdout
    assert "a script" in listed and "requests:read" in listed and made.token not in listed
    token = next(line for line in listed.splitlines() if "a script" in line).split()[0]
    nils.command("token", "revoke", token)
    assert made.get("/me").status == 401
    refused = nils.command("token", "revoke", token, check=False)
    assert refused.returncode == 1 and "token.unknown" in refused.stderr


def test_failures_are_remembered_by_the_next_daemon(own_desk):
    own_desk.set_password("lin.zhao", SECRET)
    fail(own_desk, "lin.zhao", 4)
    own_desk.kill()
    own_desk.start()
    unlocked = own_desk.administer("account", "unlock", "lin.zhao", *own_desk.options()).stdout
    assert "may sign in again" in unlocked
    assert "Nothing kept" in own_desk.administer("account", "unlock", "lin.zhao", *own_desk.options()).stdout


def test_nothing_that_was_typed_is_in_the_log(desk):
    log = desk.log.read_text()
    for text in [SECRET, "wrong password", "nobody.at.all"]:
        assert text not in log
