"""A confidential subject: a single request that only one team sees, on every channel, until somebody says otherwise."""

from desk import eventually

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
