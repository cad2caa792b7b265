"""Nobody sees what is not theirs: the first version of the rules."""

from datetime import date, timedelta
from urllib.parse import quote

import pytest

from desk import ROOT, Desk, eventually

SHIPPED = ROOT / "Config"

LEAVE = {
    "kind": "special",
    "occasion": "A wedding",
    "from": str(date.today() + timedelta(days=10)),
    "until": str(date.today() + timedelta(days=12)),
}


def field(answer, name):
    return next((entry["value"] for entry in answer.body["fields"] if entry["id"] == name), None)


def test_strangers_find_nothing(desk):
    lin = desk.person("lin.zhao")
    raised = lin.raise_request("hr.leave", LEAVE)
    number, id = raised.body["number"], raised.body["id"]
    for handle in ["lukas.hartwig", "oliver.grant", "tobias.lindner", "ingrid.solheim"]:
        stranger = desk.person(handle)
        for reference in [number, id]:
            assert stranger.show(reference).code == "request.not_found"
            assert stranger.get(f"/requests/{reference}/timeline").code == "request.not_found"
            assert stranger.post(f"/requests/{reference}/comments", {"text": "Hello"}).code == "request.not_found"
            assert stranger.post(f"/requests/{reference}/cancellation").code == "request.not_found"
            assert stranger.step(reference, "decide", "approve").code == "request.not_found"
        assert number not in str(stranger.get("/requests?limit=200").body)
        assert number not in str(stranger.inbox())


def test_a_search_finds_what_one_sees_and_nothing_else(desk):
    lin, anke, lukas = desk.person("lin.zhao"), desk.person("anke.reuter"), desk.person("lukas.hartwig")
    number = lin.raise_request("hr.leave", LEAVE).body["number"]
    assert lin.post(f"/requests/{number}/comments", {"text": "Grüße aus Zürich"}).status == 200
    anke.await_work("decide", number)

    def found(who, text):
        answer = who.get(f"/requests/search?q={quote(text)}&limit=200")
        assert answer.status == 200, answer
        return [row["number"] for row in answer.body["items"]]

    for text in [number, number.lower(), f"zurich {number}", f"{number} gruess"]:
        assert found(lin, text) == found(anke, text) == [number], text
        assert found(lukas, text) == [], text
    assert found(lin, f"{number} wedding") == found(desk.person("jonas.brandt"), f"{number} wedding") == []
    assert found(lin, "!") == []
    assert lin.get("/requests/search").code == "query.invalid"
    assert lin.get("/requests/search?q=" + "+".join(["word"] * 13)).code == "search.too_many_words"


def test_counts_are_of_what_lists_show(desk):
    lin, anke = desk.person("lin.zhao"), desk.person("anke.reuter")
    number = lin.raise_request("hr.leave", LEAVE).body["number"]
    anke.await_work("decide", number)
    mine = lin.get("/requests?mine=true&phase=open&limit=200").body["items"]
    approvals = anke.get("/inbox?kind=approval&limit=200").body["items"]
    assert lin.get("/counts").body["mine"] == len(mine)
    assert anke.get("/counts").body["waiting"]["approval"] == len(approvals)
    agent = desk.person("sofia.carvalho")
    served = agent.get("/requests?department=hr&phase=open&limit=200").body["items"]
    assert {"department": "hr", "count": len(served)} in agent.get("/counts").body["open"]


def test_a_sensitive_field_is_read_by_its_readers_only(desk):
    lin, anke, jonas = desk.person("lin.zhao"), desk.person("anke.reuter"), desk.person("jonas.brandt")
    number = lin.raise_request("hr.leave", LEAVE).body["number"]
    anke.await_work("decide", number)
    assert field(lin.show(number), "occasion") == "A wedding"
    assert field(jonas.show(number), "occasion") == "A wedding"
    seen_by_manager = anke.show(number)
    assert seen_by_manager.status == 200 and field(seen_by_manager, "kind") is not None
    assert "A wedding" not in seen_by_manager.raw.decode()
    assert "A wedding" not in anke.get(f"/requests/{number}/timeline").raw.decode()


def test_the_departments_agents_see_its_requests(desk):
    number = desk.person("lin.zhao").raise_request("hr.leave", LEAVE).body["number"]
    sofia = desk.person("sofia.carvalho")
    assert sofia.show(number).status == 200
    assert number in [row["number"] for row in sofia.get("/requests?department=hr&limit=200").body["items"]]


def test_why_somebody_sees_a_request_is_told_to_those_who_see_it(desk):
    lin, anke, jonas = desk.person("lin.zhao"), desk.person("anke.reuter"), desk.person("jonas.brandt")
    number = lin.raise_request("hr.leave", LEAVE).body["number"]
    anke.await_work("decide", number)

    def explained(who, person=None):
        answer = who.get(f"/requests/{number}/access" + (f"?person={person}" if person else ""))
        assert answer.status == 200, answer
        assert "A wedding" not in answer.raw.decode()
        return answer.body

    own = explained(lin)
    assert own["request"]["allowed"] and own["request"]["rules"][0]["code"] == "requester"
    of_anke = explained(jonas, "anke.reuter")
    assert of_anke["request"]["allowed"]
    assert [rule["allowed"] for rule in of_anke["fields"] if rule["field"] == "occasion"] == [False]
    assert [act["rules"][0]["code"] for act in of_anke["commands"] if act["command"] == "approve"] == ["voter"]
    of_lukas = explained(jonas, "lukas.hartwig")
    assert not of_lukas["request"]["allowed"]
    assert {"code": "agent", "party": "team:hr"}.items() <= of_lukas["request"]["rules"][3].items()
    assert not any(act["allowed"] for act in of_lukas["commands"])

    # Who does not see it learns nothing, not even of themself; who merely sees it asks only for themself.
    for handle in ["lukas.hartwig", "tobias.lindner", "teresa.vidal"]:
        assert desk.person(handle).get(f"/requests/{number}/access").code == "request.not_found"
        assert desk.person(handle).get(f"/requests/{number}/access?person=lin.zhao").code == "request.not_found"
    assert lin.get(f"/requests/{number}/access?person=anke.reuter").code == "access.not_allowed"
    assert jonas.get(f"/requests/{number}/access?person=no.body").code == "people.unknown"


def test_a_request_is_read_by_exception_and_its_department_knows(desk):
    lin, tobias, nadia, jonas = (
        desk.person(name) for name in ["lin.zhao", "tobias.lindner", "nadia.benali", "jonas.brandt"])
    number = lin.raise_request("hr.leave", LEAVE).body["number"]
    # Whoever may not, learns nothing about what there is.
    for handle in ["nadia.benali", "lukas.hartwig", "teresa.vidal", "lin.zhao"]:
        for reference in [number, "HR-999999"]:
            refused = desk.person(handle).post(f"/requests/{reference}/break-glass", {"reason": "x"})
            assert (refused.status, refused.code) == (403, "access.not_allowed")
    assert tobias.show(number).code == "request.not_found"
    said = tobias.command("break-glass", number, "--reason", "The disk is full")
    assert f"{number} is open to you" in said.stdout
    seen = tobias.show(number)
    assert seen.status == 200 and field(seen, "kind") == "special" and field(seen, "occasion") is None
    assert seen.body["actions"] == []
    assert tobias.get(f"/requests/{number}/access").body["request"]["rules"][0]["code"] == "opened"
    for path in ["/requests?limit=200", "/requests?department=hr&limit=200", "/inbox?limit=200"]:
        assert number not in tobias.get(path).raw.decode()
    for path, body in [("comments", {"text": "x"}), ("cancellation", None), ("restriction", {"team": "hr", "reason": "x"})]:
        assert tobias.post(f"/requests/{number}/{path}", body).code == "request.not_found"
    told = [item["text"] for item in nadia.get("/notifications").body["items"] if item["kind"] == "break_glass"]
    assert any(number in text and "The disk is full" in text for text in told)
    entries = jonas.get(f"/requests/{number}/timeline?limit=200").body["items"]
    assert [entry["by"]["handle"] for entry in entries if entry["kind"] == "break_glass"] == ["tobias.lindner"]
    assert "The disk is full" not in lin.get(f"/requests/{number}/timeline?limit=200").raw.decode()
    kept = desk.administer("audit", "export", *desk.options()).stdout
    assert "break_glass.opened" in kept and "break_glass.read" in kept
    tobias.command("break-glass", number, "--end")
    assert tobias.show(number).code == "request.not_found"


@pytest.fixture(scope="module")
def changing():
    """A desk whose files a test changes."""
    with Desk(config=SHIPPED).running(SHIPPED / "demo" / "people.csv") as desk:
        yield desk


def test_a_request_is_kept_from_whom_it_is_about(changing):
    """Nadia leads HR and belongs to employee relations: both kinds of request would be hers to read."""
    amara, nadia, jonas = (changing.person(handle) for handle in ["amara.okafor", "nadia.benali", "jonas.brandt"])
    before = nadia.get("/counts").body
    leaving = amara.raise_request("hr.offboarding", {
        "person": "nadia.benali", "last_day": str(date.today() + timedelta(days=40)), "reason": "ours",
        "login": "n.benali", "devices": [], "forward_mail": False,
    }).body
    report = jonas.raise_request("hr.misconduct", {
        "kind": "retaliation", "happened": "Zephyranthes", "involved": [], "evidence": [], "named": False,
        "keep_from": ["nadia.benali"],
    })
    assert report.status == 201, report
    report = report.body
    amara.await_work("acknowledge", report["number"])
    for request in [leaving, report]:
        number = request["number"]
        assert amara.show(number).status == 200
        for reference in [number, request["id"]]:
            assert nadia.show(reference).code == "request.not_found"
            assert nadia.get(f"/requests/{reference}/timeline").code == "request.not_found"
            assert nadia.get(f"/requests/{reference}/access?person=nadia.benali").code == "request.not_found"
            assert nadia.post(f"/requests/{reference}/comments", {"text": "Hello"}).code == "request.not_found"
            assert nadia.step(reference, "acknowledge", "claim").code == "request.not_found"
        for path in ["/requests?limit=200", "/requests?department=hr&phase=open&limit=200", "/inbox?limit=200",
                     f"/requests/search?q={quote(number)}", "/notifications?limit=200"]:
            answer = nadia.get(path)
            assert answer.status == 200, (path, answer)
            assert number not in str(answer.body) and request["id"] not in str(answer.body), path
    assert nadia.get("/counts").body == before
    # Whoever else is asked sees it; what they say reaches nobody whom it is about.
    claimed = amara.step(report["number"], "acknowledge", "claim")
    assert claimed.status == 200, claimed
    handed = amara.step(report["number"], "acknowledge", "hand_over", {"to": "nadia.benali"})
    assert handed.code == "request.kept_from_person", handed


def hr_files():
    """What HR owns, by path."""
    return {
        str(path.relative_to(SHIPPED)): path.read_text()
        for path in (SHIPPED / "departments" / "hr").rglob("*")
        if path.is_file() and "tests" not in path.parts
    }


def apply_hr(desk, files):
    answer = desk.person("amara.okafor").send(
        "PUT", "/api/v1/configuration/departments/hr", files, headers={"If-Match": "*"})
    assert answer.status == 200, answer


def apply_teams(desk, old, new):
    """HR applies its files with other members in its teams."""
    files = hr_files()
    teams = "departments/hr/teams.yaml"
    assert old in files[teams]
    files[teams] = files[teams].replace(old, new)
    apply_hr(desk, files)


def assert_unknown(person, reference, steps):
    """Whatever they try is answered as for a request that there is not."""
    tries = [
        person.show(reference), person.get(f"/requests/{reference}/timeline"), person.get(f"/requests/{reference}/access"),
        person.post(f"/requests/{reference}/comments", {"text": "x"}),
        person.post(f"/requests/{reference}/comments", {"text": "x", "audience": "internal"}),
        person.post(f"/requests/{reference}/cancellation", {"reason": "x"}),
        person.post(f"/requests/{reference}/restriction", {"team": "hr", "reason": "x"}),
    ] + [person.step(reference, step, "claim") for step in steps]
    for answer in tries:
        assert (answer.status, answer.code) == (404, "request.not_found"), answer


def test_who_leaves_a_team_by_a_new_configuration_sees_and_does_nothing(changing):
    lin, anke, jonas, matthias = (
        changing.person(name) for name in ["lin.zhao", "anke.reuter", "jonas.brandt", "matthias.vogel"])
    raised = lin.raise_request("hr.leave", LEAVE)
    number, id = raised.body["number"], raised.body["id"]
    anke.await_work("decide", number)
    assert field(jonas.show(number), "occasion") == "A wedding"
    apply_teams(changing, "members: [group:hr-staff, group:hr-leads]", "members: [group:payroll]")
    for reference in [number, id]:
        assert_unknown(jonas, reference, ["record"])
        assert field(matthias.show(reference), "occasion") == "A wedding"
    assert matthias.get(f"/requests/search?q={number}").body["items"][0]["number"] == number
    assert anke.step(number, "decide", "approve").status == 200
    matthias.await_work("record", number)
    assert jonas.step(id, "record", "claim").code == "request.not_found"
    assert number not in str(jonas.inbox())
    claimed = matthias.step(id, "record", "claim")
    assert claimed.status == 200 and field(claimed, "occasion") == "A wedding"


def test_who_leaves_the_confidants_of_a_report_by_a_new_configuration_is_a_stranger(changing):
    lin, amara, nadia, ingrid = (
        changing.person(name) for name in ["lin.zhao", "amara.okafor", "nadia.benali", "ingrid.solheim"])
    report = {"kind": "fraud", "happened": "Zanzibar", "involved": [], "evidence": []}
    raised = lin.raise_request("hr.misconduct", report)
    number, id = raised.body["number"], raised.body["id"]
    amara.await_work("acknowledge", number)
    assert nadia.show(id).status == 200 and ingrid.show(id).status == 404
    apply_teams(changing, "  members: [group:hr-leads]", "  members: [group:leadership]")
    for reference in [number, id]:
        assert_unknown(nadia, reference, ["acknowledge"])
    seen = ingrid.show(id)
    assert seen.status == 200 and "Zanzibar" in seen.raw.decode()
    assert number in [row["number"] for row in ingrid.get("/requests?limit=200").body["items"]]
    ingrid.await_work("acknowledge", number)


def test_who_took_part_in_a_report_and_left_its_confidants_is_a_stranger(changing):
    """Nadia has read one report, and has claimed what follows in another."""
    lin, nadia, ingrid = (changing.person(name) for name in ["lin.zhao", "nadia.benali", "ingrid.solheim"])
    apply_hr(changing, hr_files())
    reports = []
    for _ in range(2):
        report = {"kind": "fraud", "happened": "Zanzibar", "involved": [], "evidence": []}
        reports.append(lin.raise_request("hr.misconduct", report).body)
        number = reports[-1]["number"]
        nadia.await_work("acknowledge", number)
        assert nadia.step(number, "acknowledge", "claim").status == 200
        assert nadia.step(number, "acknowledge", "complete", {"form": {"severity": "minor"}}).status == 200
        nadia.await_work("talk", number)
    assert nadia.step(reports[1]["number"], "talk", "claim").status == 200
    apply_teams(changing, "  members: [group:hr-leads]", "  members: [group:leadership]")
    for report in reports:
        number = report["number"]
        # What she had claimed returns to the team.
        ingrid.await_work("talk", number)
        for reference in [number, report["id"]]:
            assert_unknown(nadia, reference, ["acknowledge", "talk"])
        assert number not in str(nadia.get("/requests?limit=200").body) + str(nadia.inbox())
        assert nadia.get(f"/requests/search?q={number}").body["items"] == []
        assert ingrid.show(number).status == 200


APPEAL = """\
title: An appeal
audience: [role:employee]
confidential: team:employee-relations
hidden_from: keep_from
outcomes: {done: good, refused: bad, withdrawn: bad}
form:
  file: {label: File number, type: text}
  keep_from: {label: From whom?, type: list, of: {type: person}, optional: true, sensitive: team:employee-relations}
steps:
  - wait: verdict
    event: court_verdict
    key: file
    gives: {granted: {type: yes_no}}
    forever: true
"""


def test_nobody_decides_by_an_outside_event_what_they_do_not_see(changing):
    """Jonas works for HR but is no confidant; Nadia is one, and one of the appeals is kept from her."""
    lin, jonas, nadia, amara = (
        changing.person(name) for name in ["lin.zhao", "jonas.brandt", "nadia.benali", "amara.okafor"])
    apply_hr(changing, hr_files() | {"departments/hr/requests/appeal.yaml": APPEAL})
    about_her = lin.raise_request("hr.appeal", {"file": "AZ-7", "keep_from": ["nadia.benali"]})
    assert about_her.status == 201, about_her
    other = lin.raise_request("hr.appeal", {"file": "AZ-8"})

    def tell(person, file, granted):
        answer = person.post("/events", {"event": "court_verdict", "key": file, "data": {"granted": granted}})
        assert answer.status == 202, answer
        return answer.body["kept_until"]

    nothing = tell(jonas, "AZ-none", False)
    assert nothing
    # Told as if nobody waited, and kept for whoever they do see.
    assert tell(jonas, "AZ-7", False) and tell(nadia, "AZ-7", False) and tell(jonas, "AZ-8", False)
    assert tell(jonas, "AZ-9", False)
    early = lin.raise_request("hr.appeal", {"file": "AZ-9"})
    assert tell(amara, "AZ-7", True) is None
    assert tell(nadia, "AZ-8", True) is None
    for raised in [about_her, other]:
        closed = eventually(
            lambda: (lin.show(raised.body["number"]).body if lin.show(raised.body["number"]).body["outcome"] else None),
            what="the end of an appeal")
        assert [output["value"] for step in closed["steps"] for output in step["outputs"]] == [True]
    assert lin.show(early.body["number"]).body["outcome"] is None


WEIGHED = """\
title: A report that is weighed
audience: [role:employee]
confidential: team:employee-relations
outcomes: {done: good, rejected: bad, withdrawn: bad}
form:
  word: {label: What is it?, type: text}
steps:
  - approval: weigh
    from: team:employee-relations
    need: any
    not: [requester]
    fallback: role:leadership
    due: 2 working days
    on_overdue: {tell: role:leadership}
    on_rejected: {end: rejected}
"""


def test_who_leaves_the_confidants_of_a_report_loses_the_vote_on_it(changing):
    """Amara belongs to the leadership, too, and keeps hers."""
    lin, nadia, amara = (changing.person(name) for name in ["lin.zhao", "nadia.benali", "amara.okafor"])
    apply_hr(changing, hr_files() | {"departments/hr/requests/weighed.yaml": WEIGHED})
    raised = lin.raise_request("hr.weighed", {"word": "Xochimilco"})
    assert raised.status == 201, raised
    number, id = raised.body["number"], raised.body["id"]
    nadia.await_work("weigh", number)
    apply_teams(changing, "  members: [group:hr-leads]", "  members: [group:leadership]")
    amara.await_work("weigh", number)
    assert number not in str(nadia.inbox()) + str(nadia.get("/requests?limit=200").body)
    assert nadia.step(number, "weigh", "approve").status == 404
    for reference in [number, id]:
        assert_unknown(nadia, reference, ["weigh"])
    assert amara.step(number, "weigh", "approve").status == 200
    assert lin.show(number).body["outcome"]["id"] == "done"


WHISPER = """\
title: A word in confidence
audience: [role:employee]
confidential: person:sofia.carvalho
outcomes: {done: good, withdrawn: bad}
form:
  word: {label: What is it?, type: text}
steps:
  - task: read
    assign: person:sofia.carvalho
    fallback: group:it-staff
    due: 2 working days
    on_overdue: {tell: role:hr-lead}
"""


def test_an_administrator_inherits_nothing_confidential_by_an_import(changing):
    """Tobias administers the platform and belongs to the fallback; whom the process names leaves by his import."""
    lin, sofia, tobias, lukas = (
        changing.person(name) for name in ["lin.zhao", "sofia.carvalho", "tobias.lindner", "lukas.hartwig"])
    apply_hr(changing, hr_files() | {"departments/hr/requests/whisper.yaml": WHISPER})
    raised = lin.raise_request("hr.whisper", {"word": "Quetzalcoatl"})
    assert raised.status == 201, raised
    open_one = raised.body
    sofia.await_work("read", open_one["number"])
    csv = "".join(
        line for line in (SHIPPED / "demo" / "people.csv").read_text().splitlines(keepends=True)
        if not line.startswith("sofia.carvalho,"))
    assert tobias.send("PUT", "/api/v1/people", body={"csv": csv}).status == 200
    later = lin.raise_request("hr.whisper", {"word": "Quetzalcoatl"}).body
    for request in [open_one, later]:
        number = request["number"]
        lukas.await_work("read", number)
        assert field(lukas.show(number), "word") == "Quetzalcoatl"
        for reference in [number, request["id"]]:
            assert_unknown(tobias, reference, ["read"])
        assert number not in str(tobias.inbox()) + str(tobias.get("/notifications?limit=200").body)
        assert tobias.get(f"/requests/search?q={number}").body["items"] == []
        assert lukas.step(number, "read", "complete", {"form": {}}).status == 200
