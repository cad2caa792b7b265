"""One request type through every layer: form, approval by the manager, records, payroll."""

from datetime import date, timedelta

from desk import key

MONDAY = date.today() + timedelta(days=14)


def leave(**more):
    return {"kind": "vacation", "from": str(MONDAY), "until": str(MONDAY + timedelta(days=4)), **more}


def test_leave_runs_from_form_to_record(desk):
    lin, anke, jonas = desk.person("lin.zhao"), desk.person("anke.reuter"), desk.person("jonas.brandt")
    raised = lin.raise_request("hr.leave", leave())
    assert raised.status == 201, raised
    number = raised.body["number"]
    assert number.startswith("HR-")
    assert raised.headers["ETag"] and raised.headers["Location"].endswith(raised.body["id"])

    item = anke.await_work("decide", number)
    assert item["kind"] == "approval"
    assert jonas.work(number) == []

    approved = anke.step(number, "decide", "approve", {"comment": "Enjoy the mountains."})
    assert approved.status == 200, approved
    assert anke.work(number) == []

    item = jonas.await_work("record", number)
    assert "claim" in [action for step in jonas.show(number).body["steps"] for action in step["actions"]]
    assert jonas.step(number, "record", "claim").status == 200
    assert jonas.step(number, "record", "complete", {"form": {}}).status == 200

    closed = lin.show(number).body
    assert (closed["phase"], closed["outcome"]) == ("closed", {"id": "approved", "good": True, "title": "Approved"}), closed
    story = [entry["kind"] for entry in lin.get(f"/requests/{number}/timeline").body["items"]]
    assert story[0] == "raised" and story[-1] == "closed" and "voted" in story and "completed" in story


def test_payroll_is_asked_only_when_pay_changes(desk):
    lin, anke = desk.person("lin.zhao"), desk.person("anke.reuter")
    jonas, matthias = desk.person("jonas.brandt"), desk.person("matthias.vogel")
    number = lin.raise_request("hr.leave", leave(kind="unpaid")).body["number"]
    anke.await_work("decide", number)
    assert anke.step(number, "decide", "approve").status == 200
    matthias.await_work("pay", number)
    assert matthias.step(number, "pay", "complete", {"form": {"month": str(MONDAY)}}).status == 200
    assert lin.show(number).body["phase"] == "open"
    assert jonas.step(number, "record", "complete", {"form": {}}).status == 200
    assert lin.show(number).body["phase"] == "closed"


def test_a_rejection_ends_it(desk):
    lin, anke = desk.person("lin.zhao"), desk.person("anke.reuter")
    number = lin.raise_request("hr.leave", leave()).body["number"]
    anke.await_work("decide", number)
    assert anke.step(number, "decide", "reject", {"comment": "Too many are away."}).status == 200
    assert lin.show(number).body["phase"] == "closed"
    again = anke.step(number, "decide", "approve")
    assert (again.status, again.code) == (409, "request.closed"), again


def test_the_requester_may_cancel(desk):
    lin, anke = desk.person("lin.zhao"), desk.person("anke.reuter")
    number = lin.raise_request("hr.leave", leave()).body["number"]
    anke.await_work("decide", number)
    assert lin.post(f"/requests/{number}/cancellation", {"reason": "Plans changed."}).status == 200
    assert lin.show(number).body["phase"] == "closed"
    assert anke.work(number) == []


def test_a_key_makes_a_request_once(desk):
    lin, same = desk.person("lin.zhao"), key()
    first = lin.raise_request("hr.leave", leave(), key=same)
    second = lin.raise_request("hr.leave", leave(), key=same)
    assert first.body["id"] == second.body["id"]
    assert second.headers["Idempotency-Replayed"] == "true"
    other = lin.raise_request("hr.leave", leave(kind="parental"), key=same)
    assert (other.status, other.code) == (422, "idempotency.key_reused"), other
