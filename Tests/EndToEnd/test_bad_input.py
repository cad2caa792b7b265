"""Whatever people send: a problem with a code, never a 5xx, never half a change."""

from datetime import date, timedelta

import pytest

from desk import key

SOON = str(date.today() + timedelta(days=10))
LATER = str(date.today() + timedelta(days=12))
LEAVE = {"kind": "vacation", "from": SOON, "until": LATER}

BODIES = [
    (b"{", 400, "json.malformed"),
    (b"", 400, None),
    (b"\xff\xfe", 400, "json.malformed"),
    (b'{"type": "hr.leave", "type": "hr.leave", "form": {}}', 400, "json.duplicate_key"),
    (b"[" * 5000, 400, "json.malformed"),
    (b"[]", 422, "body.type"),
    (b'{"type": 7, "form": {}}', 422, "body.type"),
    (b'{"type": "hr.leave", "form": []}', 422, "body.type"),
    (b'{"form": {}}', 422, "body.missing"),
    (b'{"type": "hr.leave", "form": {}, "requester": "x"}', 422, "body.unknown_field"),
    (b'{"type": "hr.nothing", "form": {}}', 404, "catalogue.unknown_type"),
    (b'{"type": "hr.leave", "form": {}, "for": "nobody.here"}', 422, None),
]


@pytest.mark.parametrize("body,status,code", BODIES)
def test_a_wrong_body_is_a_problem(desk, body, status, code):
    lin = desk.person("lin.zhao")
    before = len(lin.get("/requests?limit=200").body["items"])
    answer = lin.send("POST", "/api/v1/requests", raw=body)
    assert answer.status == status, answer
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert answer.code and (code is None or answer.code == code), answer
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
    assert answer.status == 413 and answer.code, answer


def test_strangers_get_nowhere(desk):
    nobody = desk.anonymous()
    answer = nobody.get("/me")
    assert (answer.status, answer.code) == (401, "auth.missing_token")
    assert "Bearer" in answer.headers["WWW-Authenticate"]
    nobody.token = "bureau_" + "A" * 43
    assert nobody.get("/me").code == "auth.invalid_token"


def test_unknown_things_are_not_found(desk):
    lin = desk.person("lin.zhao")
    assert lin.show("HR-999999").code == "request.not_found"
    assert lin.show("0192f0c1-2345-7abc-8def-0123456789ab").code == "request.not_found"
    assert lin.show("%00").status in (400, 404)
    assert lin.get("/nothing").status == 404
    assert lin.send("DELETE", "/api/v1/me").status in (404, 405)
    assert lin.get("/requests?colour=red").code == "query.unknown"
    assert lin.get("/requests?limit=0").status == 400 or lin.get("/requests?limit=0").status == 422
    assert lin.get("/requests?cursor=garbage").code == "page.bad_cursor"


def test_a_stale_etag_is_refused(desk):
    lin, anke = desk.person("lin.zhao"), desk.person("anke.reuter")
    raised = lin.raise_request("hr.leave", LEAVE)
    number, tag = raised.body["number"], raised.headers["ETag"]
    anke.await_work("decide", number)
    assert lin.post(f"/requests/{number}/comments", {"text": "One more thing."}).status in (200, 201)
    stale = anke.step(number, "decide", "approve", headers={"If-Match": tag})
    assert (stale.status, stale.code) == (412, "request.version_mismatch"), stale
    fresh = anke.show(number).headers["ETag"]
    assert anke.send("GET", f"/api/v1/requests/{number}", headers={"If-None-Match": fresh}).status == 304
    assert anke.step(number, "decide", "approve", headers={"If-Match": fresh}).status == 200


def test_finished_steps_and_other_peoples_work_are_refused(desk):
    lin, anke, jonas = desk.person("lin.zhao"), desk.person("anke.reuter"), desk.person("jonas.brandt")
    number = lin.raise_request("hr.leave", LEAVE).body["number"]
    anke.await_work("decide", number)
    assert lin.step(number, "decide", "approve").status == 403
    assert jonas.step(number, "decide", "approve").status == 403
    assert anke.step(number, "record", "complete", {"form": {}}).status in (403, 409)
    assert anke.step(number, "nothing", "complete", {"form": {}}).status == 404
    assert anke.step(number, "decide", "approve").status == 200
    again = anke.step(number, "decide", "approve")
    assert (again.status, again.code) == (409, "request.step.not_open"), again
    jonas.await_work("record", number)
    assert jonas.step(number, "record", "claim").status == 200
    other = desk.person("sofia.carvalho").step(number, "record", "complete", {"form": {}})
    assert other.status == 409 and other.code == "request.task.claimed_by_other", other
    assert desk.person("lukas.hartwig").show(number).code == "request.not_found"


def test_a_broken_key_is_refused(desk):
    lin = desk.person("lin.zhao")
    assert lin.raise_request("hr.leave", LEAVE, key="x" * 256).status == 400
    assert lin.raise_request("hr.leave", LEAVE, key=key()).status == 201
