"""A confidential subject: a single request that only one team sees, on every channel, until somebody says otherwise."""

import pytest

from desk import PEOPLE, MovableDesk, config_with, eventually

MATTER = """
title: {en: Matter, de: Angelegenheit}
audience: [role:employee]
outcomes: {done: good, withdrawn: bad}
form:
  subject: {label: {en: What is it about?, de: Worum geht es?}, type: text}
  place: {label: {en: Floor and room, de: Stockwerk und Raum}, type: text}
steps:
  - task: solve
    title: {en: Solve, de: Lösen}
    assign: team:it
    due: 20 working days
    on_overdue: {tell: team:it}
    escalate: {after: 2 hours, to: role:leadership}
  - request: door
    after: solve
    title: {en: Have the door mended, de: Die Tür reparieren lassen}
    type: facilities.repair
    with: {what: '"A door"', site: '"berlin"', place: place, kind: '"building"', danger: 'false'}
    due: 20 working days
    on_overdue: {tell: team:it}
    on_failed: continue
    undo: none
"""

INCIDENT = {"subject": "Somebody reads my mail", "service": "network", "impact": "me", "urgent": False}


def restricted(desk):
    """An incident that IT has restricted to those who manage accounts: Priya and Tobias."""
    number = desk.person("lin.zhao").raise_request("it.incident", INCIDENT).body["number"]
    lukas = desk.person("lukas.hartwig")
    lukas.await_work("solve", number)
    lukas.command("restrict", number, "it-accounts", "--reason", "It concerns a colleague")
    return number


def everywhere(person):
    """All lists that somebody can ask for."""
    paths = ["/requests?limit=200", "/requests?department=it&limit=200", "/inbox?limit=200"]
    return " ".join(person.get(path).raw.decode() for path in paths)


def test_a_confidential_subject_appears_in_nothing_of_others(desk):
    number = restricted(desk)
    for handle in ["lukas.hartwig", "diogo.marques", "yusuf.demir", "oliver.grant", "jonas.brandt"]:
        other = desk.person(handle)
        assert number not in everywhere(other), handle
        for path in ["", "/timeline", "/access"]:
            assert other.get(f"/requests/{number}{path}").code == "request.not_found"
        assert other.step(number, "solve", "claim").code == "request.not_found"
        assert other.post(f"/requests/{number}/comments", {"text": "Hello"}).code == "request.not_found"
        assert other.post(f"/requests/{number}/restriction/end", {"reason": "x"}).code == "request.not_found"
    for handle in ["lin.zhao", "priya.raman", "tobias.lindner"]:
        assert number in everywhere(desk.person(handle)), handle
    # Those who are told of it afterwards are those who see it.
    desk.person("lin.zhao").post(f"/requests/{number}/comments", {"text": "Is there news?"})
    assert desk.person("priya.raman").show(number).body["restriction"] == "team:it-accounts"


def test_a_requests_restriction_survives_every_transfer(desk):
    number = restricted(desk)
    priya, diogo, lukas = (desk.person(name) for name in ["priya.raman", "diogo.marques", "lukas.hartwig"])
    assert priya.step(number, "solve", "claim").status == 200
    assert diogo.show(number).code == "request.not_found"
    handed = priya.step(number, "solve", "hand_over", {"to": "diogo.marques"})
    assert handed.status == 200
    # Only whoever has it now, and only while they have it.
    assert diogo.show(number).status == 200 and number in everywhere(diogo)
    assert lukas.show(number).code == "request.not_found"
    diogo.step(number, "solve", "release")
    assert diogo.show(number).code == "request.not_found" and number not in everywhere(diogo)
    assert number in everywhere(priya)


@pytest.fixture
def moving(tmp_path):
    """A desk whose clock the test moves, with a process that hands on in every way there is."""
    with MovableDesk(config=config_with(tmp_path, matter=MATTER)).running() as desk:
        yield desk


def without(tmp_path, handle, heir):
    """The file of people after somebody has left; whoever they managed has another manager."""
    file = tmp_path / "people.csv"
    rows = [row for row in PEOPLE.read_text().splitlines(keepends=True) if not row.startswith(f"{handle},")]
    file.write_text("".join(rows).replace(f",{handle},", f",{heir},"))
    return file


def test_a_restriction_survives_a_deputy_an_escalation_a_leaver_and_a_child(moving, tmp_path):
    """Priya and Tobias are the team; Lukas is IT without it, Mei is of those who hear of what is late, Helena mends doors."""
    lin, priya, tobias, lukas, mei, helena = (
        moving.person(name) for name in
        ["lin.zhao", "priya.raman", "tobias.lindner", "lukas.hartwig", "mei.tanaka", "helena.duarte"])
    raised = lin.raise_request("it.matter", {"subject": "Zamzummim", "place": "Room 4"})
    assert raised.status == 201, raised
    number, id = raised.body["number"], raised.body["id"]
    lukas.await_work("solve", number)
    lukas.command("restrict", number, "it-accounts", "--reason", "It concerns a colleague")
    assert priya.step(number, "solve", "claim").status == 200

    def assert_kept(*people):
        for person in people:
            for reference in [number, id]:
                assert person.show(reference).code == "request.not_found", person.handle
                assert person.get(f"/requests/{reference}/timeline").code == "request.not_found"
            everything = everywhere(person) + person.get("/notifications?limit=200").raw.decode()
            assert number not in everything and "Zamzummim" not in everything, person.handle

    assert_kept(mei, helena)
    # A deputy of today has no part in it …
    assert priya.post("/me/deputies", {"deputy": "lukas.hartwig"}).status == 201
    assert lukas.show(number).code == "request.not_found"
    assert lukas.step(id, "solve", "complete", {"form": {}}).code == "request.not_found"
    # … nor has whom the process tells of what takes too long: the team hears of it in their place.
    moving.advance(3 * 3600)
    eventually(lambda: "escalated" in str(tobias.get("/notifications?limit=200").body), 40, "the escalation")
    assert_kept(mei)
    # Whoever has it leaves: it returns to the team, not to the queue of all.
    moving.import_people(without(tmp_path, "priya.raman", "tobias.lindner"))
    tobias.await_work("solve", number)
    assert_kept(mei)
    assert lukas.show(number).code == "request.not_found" and lukas.work(number, "solve") == []
    assert tobias.step(number, "solve", "complete", {"form": {}}).status == 200
    # Another department gets what is passed to it, and learns neither of the matter nor its number.
    child = eventually(helena.work, 40, "the door")[0]["request"]["number"]
    seen = helena.show(child)
    assert seen.status == 200 and "Room 4" in seen.raw.decode()
    assert number not in seen.raw.decode() and id not in seen.raw.decode() and "Zamzummim" not in seen.raw.decode()
    assert_kept(helena, mei)
    assert lukas.show(number).code == "request.not_found"


def test_ending_a_restriction_shows_it_again_and_why_is_for_those_who_work_on_it(desk):
    number = restricted(desk)
    lin, priya, lukas = (desk.person(name) for name in ["lin.zhao", "priya.raman", "lukas.hartwig"])
    refused = lin.post(f"/requests/{number}/restriction/end", {"reason": "x"})
    assert (refused.status, refused.code) == (403, "request.restrict.not_allowed")
    refused = priya.post(f"/requests/{number}/restriction", {"team": "hr", "reason": "x"})
    assert (refused.status, refused.code) == (422, "request.restrict.unknown_team")
    priya.command("unrestrict", number, "--reason", "It was a mistake")
    again = priya.post(f"/requests/{number}/restriction/end", {"reason": "x"})
    assert (again.status, again.code) == (403, "request.restrict.not_allowed")
    eventually(lambda: lukas.work(number, "solve"), what="the incident in the service desk's inbox")
    assert "It concerns a colleague" in lukas.get(f"/requests/{number}/timeline?limit=200").raw.decode()
    seen = lin.get(f"/requests/{number}/timeline?limit=200")
    assert {"restricted", "unrestricted"} <= {entry["kind"] for entry in seen.body["items"]}
    assert "It concerns a colleague" not in seen.raw.decode()
