"""What people say among themselves about a request reaches nobody whom it is about, on no channel."""

from datetime import date, timedelta

from desk import eventually

LEAVE = {
    "kind": "vacation",
    "from": str(date.today() + timedelta(days=10)),
    "until": str(date.today() + timedelta(days=12)),
}
WORDS = "She has asked three times already"


def raised(desk, handle="lin.zhao"):
    number = desk.person(handle).raise_request("hr.leave", LEAVE).body["number"]
    return number


def everything(person, number):
    """All that the API tells somebody about a request and themself."""
    answers = [
        person.show(number), person.get(f"/requests/{number}/timeline?limit=200"),
        person.get(f"/requests/{number}/access"), person.get("/notifications?limit=200"),
        person.get("/requests?limit=200"), person.get("/inbox?limit=200"),
    ]
    return " ".join(answer.raw.decode() for answer in answers)


def test_a_note_is_read_by_those_who_work_on_the_request_alone(desk):
    number = raised(desk)
    lin, anke, jonas = desk.person("lin.zhao"), desk.person("anke.reuter"), desk.person("jonas.brandt")
    anke.await_work("decide", number)
    answer = jonas.post(f"/requests/{number}/comments", {"text": WORDS, "audience": "internal"})
    assert answer.status == 200 and "note" in answer.body["actions"]
    for reader in [jonas, anke]:
        entry = [e for e in reader.get(f"/requests/{number}/timeline?limit=200").body["items"] if e["kind"] == "noted"]
        assert [(e["comment"], e["audience"], e["by"]["handle"]) for e in entry] == [
            (WORDS, "internal", "jonas.brandt")
        ]
    seen = everything(lin, number)
    assert number in seen and WORDS not in seen and "noted" not in seen
    refused = lin.post(f"/requests/{number}/comments", {"text": "What?", "audience": "internal"})
    assert (refused.status, refused.code) == (403, "request.note.not_allowed")
    assert desk.person("lukas.hartwig").post(
        f"/requests/{number}/comments", {"text": "What?", "audience": "internal"}
    ).code == "request.not_found"


def test_a_note_for_a_team_is_for_its_members_who_work_on_the_request(desk):
    number = raised(desk)
    anke, jonas = desk.person("anke.reuter"), desk.person("jonas.brandt")
    anke.await_work("decide", number)
    jonas.command("comment", number, WORDS, "--to", "team:hr")
    sofia = desk.person("sofia.carvalho")
    assert WORDS in everything(sofia, number)
    # The worker tells her.
    eventually(lambda: "new note" in str(sofia.get("/notifications").body), what="the notification")
    # She works on it, and is not in the team.
    assert WORDS not in everything(anke, number)
    for audience, code in [("team:nowhere", "comment.unknown_team"), ("team:it", "comment.no_readers")]:
        refused = jonas.post(f"/requests/{number}/comments", {"text": "x", "audience": audience})
        assert (refused.status, refused.code) == (422, code)
    assert jonas.post(f"/requests/{number}/comments", {"text": "x", "audience": "role:all"}).status == 422


def test_an_agent_whose_own_request_it_is_reads_no_note_about_it(desk):
    number = raised(desk, "jonas.brandt")
    nadia, jonas = desk.person("nadia.benali"), desk.person("jonas.brandt")
    assert nadia.post(f"/requests/{number}/comments", {"text": WORDS, "audience": "internal"}).status == 200
    assert WORDS in everything(nadia, number)
    assert WORDS not in everything(jonas, number)
