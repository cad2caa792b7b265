"""Whatever people send: a problem with a code, never a 5xx, never half a change."""

from datetime import date, timedelta

import pytest

from desk import key

SOON = str(date.today() + timedelta(days=10))
LATER = str(date.today() + timedelta(days=12))
LEAVE = {"kind": "vacation", "from": SOON, "until": LATER}

BODIES = [
    (b"{", 400, "json.malformed"),
    (b"", 400, "json.malformed"),
    (b"\xff\xfe", 400, "json.malformed"),
    (b'{"type": "hr.leave", "type": "hr.leave", "form": {}}', 400, "json.duplicate_key"),
    (b"[" * 5000, 400, "json.malformed"),
    (b"[]", 422, "body.type"),
    (b'{"type": 7, "form": {}}', 422, "body.type"),
    (b'{"type": "hr.leave", "form": []}', 422, "body.type"),
    (b'{"form": {}}', 422, "body.missing"),
    (b'{"type": "hr.leave", "form": {}, "requester": "x"}', 422, "body.unknown_field"),
    (b'{"type": "hr.nothing", "form": {}}', 404, "catalogue.unknown_type"),
    (b'{"type": "hr.leave", "form": {}, "for": "nobody.here"}', 422, "request.unknown_beneficiary"),
]


@pytest.mark.parametrize("body,status,code", BODIES)
def test_a_wrong_body_is_a_problem(desk, body, status, code):
    lin = desk.person("lin.zhao")
    before = len(lin.get("/requests?limit=200").body["items"])
    answer = lin.send("POST", "/api/v1/requests", raw=body)
    assert answer.status == status, answer
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert answer.code == code, answer
    assert len(lin.get("/requests?limit=200").body["items"]) == before


FORMS = [
    ({}, {"kind": "form.required", "from": "form.required", "until": "form.required"}),
    ({**LEAVE, "kind": "holiday"}, {"kind": "form.unknown_choice"}),
    ({**LEAVE, "from": "tomorrow"}, {"from": "form.type"}),
    ({**LEAVE, "from": "2020-01-01"}, {"from": "form.check"}),
    ({**LEAVE, "until": "2020-01-01"}, {"until": "form.check"}),
    ({**LEAVE, "kond": "vacation"}, {"kond": "form.unknown_field"}),
    ({**LEAVE, "occasion": "A wedding"}, {"occasion": "form.not_asked"}),
    ({**LEAVE, "substitute": "nobody.here"}, {"substitute": "form.unknown_person"}),
    ({**LEAVE, "substitute": "lin.zhao"}, {"substitute": "form.check"}),
    ({**LEAVE, "contact": "x" * 121}, {"contact": "form.too_long"}),
    ({**LEAVE, "kind": ["vacation"]}, {"kind": "form.type"}),
]


@pytest.mark.parametrize("form,problems", FORMS)
def test_a_wrong_form_names_its_fields(desk, form, problems):
    answer = desk.person("lin.zhao").raise_request("hr.leave", form)
    assert (answer.status, answer.code) == (422, "form.invalid"), answer
    assert {problem["field"]: problem["code"] for problem in answer.body["fields"]} == problems


def test_an_oversized_body_is_refused(desk):
    answer = desk.person("lin.zhao").raise_request("hr.leave", {**LEAVE, "contact": "x" * 3_000_000})
    assert (answer.status, answer.code) == (413, "body.too_large"), answer


def test_strangers_get_nowhere(desk):
    nobody = desk.anonymous()
    answer = nobody.get("/me")
    assert (answer.status, answer.code) == (401, "auth.missing_token")
    assert "Bearer" in answer.headers["WWW-Authenticate"]
    nobody.token = "bureau_" + "A" * 43
    answer = nobody.get("/me")
    assert (answer.status, answer.code) == (401, "auth.invalid_token")
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]


def test_unknown_things_are_not_found(desk):
    lin = desk.person("lin.zhao")
    for path, status, code in [
        ("/requests/HR-999999", 404, "request.not_found"),
        ("/requests/0192f0c1-2345-7abc-8def-0123456789ab", 404, "request.not_found"),
        ("/requests/%E2%80%8B", 404, "request.not_found"),
        ("/requests/" + "9" * 3000, 404, "request.not_found"),
        ("/requests/%00", 400, "path.malformed"),
        ("/requests/%ff", 400, "path.malformed"),
        ("/requests/%", 400, "path.malformed"),
        ("/catalogue/hr.nothing", 404, "catalogue.unknown_type"),
        ("/catalogue/%F0%9F%98%80", 404, "catalogue.unknown_type"),
        ("/nothing", 404, "route.not_found"),
        ("/requests?colour=red", 400, "query.unknown"),
        ("/me?colour=red", 400, "query.unknown"),
        ("/requests?limit=0", 400, "query.invalid"),
        ("/requests?limit=201", 400, "query.invalid"),
        ("/requests?limit=1&limit=1", 400, "query.invalid"),
        ("/requests?limit", 400, "query.invalid"),
        ("/requests?phase=shut", 400, "query.invalid"),
        ("/requests?mine=TRUE", 400, "query.invalid"),
        ("/requests?type=", 400, "query.invalid"),
        ("/requests?type=%00", 400, "query.invalid"),
        ("/requests?department=" + "x" * 201, 400, "query.invalid"),
        ("/inbox?kind=chore", 400, "query.invalid"),
        ("/requests?cursor=garbage", 422, "page.bad_cursor"),
    ]:
        answer = lin.get(path)
        assert (answer.status, answer.code) == (status, code), (path, answer)
    answer = lin.send("DELETE", "/api/v1/me")
    assert (answer.status, answer.code, answer.headers["Allow"]) == (405, "route.method_not_allowed", "GET, HEAD")


def test_a_number_may_be_written_as_addresses_allow(desk):
    lin = desk.person("lin.zhao")
    number = lin.raise_request("hr.leave", LEAVE).body["number"]
    for name in [number.lower(), number.replace("-", "%2D"), "%48" + number[1:], f"%68{number[1:].lower()}"]:
        answer = lin.show(name)
        assert (answer.status, answer.body["number"]) == (200, number), name


def test_a_stale_etag_is_refused(desk):
    lin, anke = desk.person("lin.zhao"), desk.person("anke.reuter")
    raised = lin.raise_request("hr.leave", LEAVE)
    number, tag = raised.body["number"], raised.headers["ETag"]
    anke.await_work("decide", number)
    assert lin.post(f"/requests/{number}/comments", {"text": "One more thing."}).status == 200
    stale = anke.step(number, "decide", "approve", headers={"If-Match": tag})
    assert (stale.status, stale.code) == (412, "request.version_mismatch"), stale
    fresh = anke.show(number).headers["ETag"]
    assert anke.send("GET", f"/api/v1/requests/{number}", headers={"If-None-Match": fresh}).status == 304
    assert anke.step(number, "decide", "approve", headers={"If-Match": fresh}).status == 200


def test_finished_steps_and_other_peoples_work_are_refused(desk):
    lin, anke, jonas = desk.person("lin.zhao"), desk.person("anke.reuter"), desk.person("jonas.brandt")
    number = lin.raise_request("hr.leave", LEAVE).body["number"]
    anke.await_work("decide", number)
    for person, step, action, status, code in [
        (lin, "decide", "approve", 403, "request.vote.not_a_voter"),
        (jonas, "decide", "reject", 403, "request.vote.not_a_voter"),
        (anke, "record", "complete", 409, "request.step.not_open"),
        (anke, "decide", "claim", 409, "request.step.not_open"),
        (anke, "decide", "retry", 409, "request.step.not_open"),
        (anke, "nothing", "complete", 404, "request.step.unknown"),
        (anke, "No name", "complete", 404, "request.step.unknown"),
    ]:
        answer = person.step(number, step, action)
        assert (answer.status, answer.code) == (status, code), (person.handle, step, action, answer)
    assert anke.step(number, "decide", "approve").status == 200
    again = anke.step(number, "decide", "approve")
    assert (again.status, again.code) == (409, "request.step.not_open"), again
    jonas.await_work("record", number)
    assert jonas.step(number, "record", "claim").status == 200
    other = desk.person("sofia.carvalho").step(number, "record", "complete", {"form": {}})
    assert (other.status, other.code) == (409, "request.task.claimed_by_other"), other
    assert desk.person("lukas.hartwig").show(number).code == "request.not_found"


def test_a_broken_key_is_refused(desk):
    lin = desk.person("lin.zhao")
    for broken in ["x" * 256, "with space", ""]:
        body = {"type": "hr.leave", "form": LEAVE}
        answer = lin.post("/requests", body, headers={"Idempotency-Key": broken})
        assert (answer.status, answer.code) == (400, "header.idempotency_key"), answer
    assert lin.raise_request("hr.leave", LEAVE, key=key()).status == 201
