"""The language's commands on the running daemon, over HTTP and with the command line."""

import pytest

from desk import Desk, eventually, key
from playground import playground
from walk import steps, timeline


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    with Desk(config=playground(tmp_path_factory.mktemp("playground"))).running() as desk:
        yield desk


def raise_everything(desk, what):
    answer = desk.person("lin.zhao").raise_request("it.everything", {"what": what, "parts": ["one", "ä/b [c]"]})
    assert answer.status == 201, answer
    return answer.body["number"]


def test_instances_with_keys_are_reached_by_their_names_everywhere(desk):
    number = raise_everything(desk, "keys")
    lukas = desk.person("lukas.hartwig")
    instance = "build[ä/b [c\\]]"
    assert lukas.work(number, instance)
    assert lukas.step(number, instance, "complete", {"form": {}}).status == 200
    shown = steps(lukas.show(number))
    assert (shown[instance]["status"], shown[instance]["title"]) == ("done", "ä/b [c] bauen")
    assert instance in [entry["instance"] for entry in timeline(lukas, number)]
    assert lukas.step(number, "part", "add_element", {"element": "late"}).status == 200
    assert lukas.await_work("build[late]", number)["title"] == "late bauen"
    lukas.command("complete", number, "build[late]")
    lukas.command("add-step", number, "extras", "--template", "errand")
    assert lukas.await_work("errand[1]", number)


def test_a_checklist_is_ticked_and_a_task_handed_over(desk):
    number = raise_everything(desk, "ticks")
    lukas, priya = desk.person("lukas.hartwig"), desk.person("priya.raman")
    refused = lukas.step(number, "look", "complete", {"form": {}})
    assert (refused.status, refused.code) == (422, "request.task.not_ticked")
    assert "looked" in lukas.command("show", number).stdout
    lukas.command("tick", number, "look", "--item", "looked")
    lukas.command("hand-over", number, "look", "--to", "priya.raman")
    refused = priya.step(number, "look", "hand_over", {"to": "nobody.here"})
    assert (refused.status, refused.code) == (422, "request.unknown_person")
    assert priya.step(number, "look", "complete", {"form": {}}).status == 200


def test_an_event_finds_who_waits_for_its_key_now_or_later(desk):
    lukas = desk.person("lukas.hartwig")
    first = raise_everything(desk, "now")
    answer = lukas.post("/events", {"event": "parcel_arrived", "key": "now"})
    assert (answer.status, answer.body["kept_until"]) == (202, None)
    eventually(lambda: steps(lukas.show(first))["parcel"]["status"] == "done", what="the parcel")

    once = key()
    for replayed in (None, "true"):
        answer = lukas.post(
            "/events", {"event": "parcel_arrived", "key": "later"}, headers={"Idempotency-Key": once}
        )
        assert (answer.status, answer.headers["Idempotency-Replayed"]) == (202, replayed)
        assert answer.body["kept_until"]
    second = raise_everything(desk, "later")
    eventually(lambda: steps(lukas.show(second))["parcel"]["status"] == "done", what="the early parcel")
    assert "kept until" in lukas.command("event", "parcel_arrived", "--key", "nobody").stdout
    assert lukas.post("/events", {"event": "parcel_arived", "key": "x"}).code == "request.event.unknown"
    assert desk.person("lin.zhao").post("/events", {"event": "parcel_arrived", "key": "x"}).status == 403


def test_a_field_is_amended_and_a_request_rated_and_reopened(desk):
    lin = desk.person("lin.zhao")
    number = raise_everything(desk, "before")
    assert [field["id"] for field in lin.show(number).body["amendable"]] == ["what"]
    lin.command("amend", number, "--field", "what=after")
    assert {field["id"]: field["value"] for field in lin.show(number).body["fields"]}["what"] == "after"

    ended = lin.raise_request("it.quick", {"what": "x"}).body["number"]
    assert set(lin.show(ended).body["actions"]) >= {"rate", "reopen"}
    lin.command("rate", ended, "5", "--comment", "Thanks")
    assert lin.show(ended).body["score"] == 5
    lin.command("reopen", ended)
    successor = eventually(lambda: lin.show(ended).body["successor"], what="the successor")
    assert lin.show(successor["number"]).body["successor_of"]["number"] == ended


def test_an_undo_that_fails_is_accepted(desk):
    lin, lukas = desk.person("lin.zhao"), desk.person("lukas.hartwig")
    number = lin.raise_request("it.undone", {"what": "x"}).body["number"]
    lukas.await_work("look", number)
    assert lin.post(f"/requests/{number}/cancellation").status == 200
    lukas.await_work("part!undo", number)
    lukas.command("accept", number, "part!undo")
    assert lin.show(number).body["outcome"]["id"] == "withdrawn"
