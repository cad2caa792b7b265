"""Somebody is away or has left: what waited for them goes on with others, and nobody decides on what is their own."""

import json
from datetime import date, timedelta

from desk import PEOPLE

LEAVE = {
    "kind": "vacation",
    "from": str(date.today() + timedelta(days=10)),
    "until": str(date.today() + timedelta(days=12)),
}
INCIDENT = {"subject": "No network", "service": "network", "impact": "me", "urgent": False}


def without(tmp_path, handle):
    """The file of people after somebody has left, who managed nobody else's leave than their reports'."""
    header, *rows = PEOPLE.read_text().splitlines()
    manager = header.split(",").index("manager")
    kept = []
    for row in rows:
        fields = row.split(",")
        if fields[0] == handle:
            continue
        if fields[manager] == handle:
            fields[manager] = ""
        kept.append(",".join(fields))
    file = tmp_path / "people.csv"
    file.write_text("\n".join([header, *kept]) + "\n")
    return file


def test_a_leavers_approvals_pass_on_at_once(own_desk, tmp_path):
    lin = own_desk.person("lin.zhao")
    number = lin.raise_request("hr.leave", LEAVE).body["number"]
    own_desk.person("anke.reuter").await_work("decide", number)
    own_desk.import_people(without(tmp_path, "anke.reuter"))
    asked = lin.show(number).body["steps"][0]["waiting_for"]
    assert asked and "Anke Reuter" not in [party["name"] for party in asked], "the import itself passes it on"
    assert "passed to others" in lin.get(f"/requests/{number}/timeline").raw.decode()


def test_a_leavers_tasks_return_to_their_queue(own_desk, tmp_path):
    number = own_desk.person("lin.zhao").raise_request("it.incident", INCIDENT).body["number"]
    lukas, priya = own_desk.person("lukas.hartwig"), own_desk.person("priya.raman")
    assert lukas.step(number, "solve", "claim").status == 200
    assert priya.work(number, "solve") == []
    own_desk.import_people(without(tmp_path, "lukas.hartwig"))
    assert [item["assignee"] for item in priya.work(number, "solve")] == [None]


def test_only_those_whom_the_type_names_raise_something_for_others(desk):
    lin, lukas = desk.person("lin.zhao"), desk.person("lukas.hartwig")
    raised = lukas.raise_request("it.incident", INCIDENT, **{"for": "lin.zhao"})
    assert raised.status == 201
    seen = lin.show(raised.body["number"])
    assert (seen.body["requester"]["handle"], seen.body["beneficiary"]["handle"]) == ("lukas.hartwig", "lin.zhao")
    assert "Lukas Hartwig raised" in str(lin.get(f"/requests/{raised.body['number']}/timeline").body)
    for type, form in [("it.incident", INCIDENT), ("hr.leave", LEAVE)]:
        refused = lin.raise_request(type, form, **{"for": "lukas.hartwig"})
        assert (refused.status, refused.code) == (403, "request.on_behalf.not_allowed")


def test_a_deputy_appointed_today_receives_yesterdays_approval(desk):
    lin, anke, omar = desk.person("lin.zhao"), desk.person("anke.reuter"), desk.person("omar.haddad")
    number = lin.raise_request("hr.leave", LEAVE).body["number"]
    anke.await_work("decide", number)
    assert omar.show(number).code == "request.not_found" and omar.work(number) == []
    appointed = anke.post("/me/deputies", {"deputy": "omar.haddad", "until": str(date.today() + timedelta(days=7))})
    assert appointed.status == 201, appointed
    item = omar.await_work("decide", number)
    assert [person["handle"] for person in item["stands_in_for"]] == ["anke.reuter"]
    assert number in [row["number"] for row in omar.get("/requests?limit=200").body["items"]]
    assert "stands in for" in str(omar.get("/notifications").body) and omar.command("notifications").stdout
    assert "Omar" in anke.command("deputy", "list").stdout
    assert omar.step(number, "decide", "approve").status == 200
    timeline = str(lin.get(f"/requests/{number}/timeline").body)
    assert "Omar Haddad stands in for Anke Reuter" in timeline or "Omar Haddad vertritt Anke Reuter" in timeline
    assert anke.send("DELETE", "/api/v1/me/deputies/" + appointed.body["id"]).status == 204
    assert anke.get("/me/deputies").body == {"deputies": [], "stands_in_for": []}


def test_nobody_approves_their_own_request_also_not_through_a_deputy(desk):
    lin, anke = desk.person("lin.zhao"), desk.person("anke.reuter")
    number = lin.raise_request("hr.leave", LEAVE).body["number"]
    anke.await_work("decide", number)
    appointed = anke.post("/me/deputies", {"deputy": "lin.zhao"}).body["id"]
    assert lin.work(number, "decide") == []
    refused = lin.step(number, "decide", "approve")
    assert (refused.status, refused.code) == (403, "request.vote.not_a_voter")
    typed = lin.command("approve", number, "decide", check=False)
    assert typed.returncode == 1 and "request.vote.not_a_voter" in typed.stderr
    assert anke.send("DELETE", "/api/v1/me/deputies/" + appointed).status == 204


def test_administrators_of_a_department_appoint_deputies_for_its_requests(desk):
    lin, anke, sofia = desk.person("lin.zhao"), desk.person("anke.reuter"), desk.person("sofia.carvalho")
    nadia, omar = desk.person("nadia.benali"), desk.person("omar.haddad")
    number = lin.raise_request("hr.leave", LEAVE).body["number"]
    anke.await_work("decide", number)
    body = {"person": "anke.reuter", "deputy": "omar.haddad"}
    for nobody in [sofia, anke, desk.person("lukas.hartwig")]:
        refused = nobody.post("/departments/hr/deputies", body)
        assert (refused.status, refused.code) == (403, "access.not_allowed")
    # Of HR, and of nothing else.
    assert nadia.post("/departments/it/deputies", body).code == "access.not_allowed"
    # Nor do they see by that what they do not see.
    assert nadia.post("/departments/hr/deputies", body | {"deputy": "nadia.benali"}).code == "deputy.appointer"
    appointed = nadia.command(
        "deputy", "appoint", "omar.haddad", "--for", "anke.reuter", "--department", "hr", "--json")
    id = json.loads(appointed.stdout)["id"]
    assert omar.await_work("decide", number)["stands_in_for"][0]["handle"] == "anke.reuter"
    assert "Omar" in nadia.command("deputy", "list", "--department", "hr").stdout
    assert "Omar Haddad vertritt Anke Reuter" in str(anke.get("/notifications").body)
    assert anke.get("/me/deputies").body["deputies"][0]["appointed_by"]["handle"] == "nadia.benali"
    nadia.command("deputy", "withdraw", id, "--department", "hr")
    assert omar.show(number).code == "request.not_found" and omar.work(number) == []
