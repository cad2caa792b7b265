"""Server-sent events: that something changed, for those who see it, on whichever daemon it happens."""

import json
import queue
import urllib.error

import pytest

from desk import Desk, eventually
from playground import playground
from server import Server
from stream import Stream


def refused(person, path="/api/v1/stream"):
    try:
        Stream(person, path).close()
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read())["code"], error.headers
    return None


@pytest.fixture(scope="module")
def server():
    server = Server()
    try:
        yield server
    finally:
        server.clear()


@pytest.fixture(scope="module")
def pair(server, tmp_path_factory):
    folder = tmp_path_factory.mktemp("playground")
    folder.chmod(0o755)
    config = playground(folder)
    desks = [Desk(config=config, settings=[*server.settings(), "--demo-sign-in", "yes"]) for _ in range(2)]
    try:
        for desk in desks:
            desk.start()
        desks[0].import_people()
        desks[1].tokens = desks[0].tokens
        yield desks
    finally:
        for desk in desks:
            desk.clear()


def raised(person, what="x"):
    answer = person.raise_request("it.everything", {"what": what, "parts": ["one"]})
    assert answer.status == 201, answer
    return answer.body["number"]


@pytest.mark.parametrize("place", [0, 1], ids=["the same daemon", "the other daemon"])
def test_a_change_is_told_where_it_is_seen_and_nowhere_else(pair, place):
    here, there = pair[0], pair[place]
    lin, carla = here.person("lin.zhao"), here.person("carla.mendes")
    mine, others = Stream(lin), Stream(carla)
    assert mine.answer.headers["Content-Type"] == "text/event-stream"
    assert mine.answer.headers["Cache-Control"] == "no-store" and mine.next()["event"] == "ready"
    # Between daemons a first change may come while they still find each other.
    number = eventually(lambda: told(there.person("lin.zhao"), mine), 60, "a told change")
    version = there.person("lin.zhao").show(number).body["version"]
    there.person("lin.zhao").post(f"/requests/{number}/comments", {"text": "A word that stays inside"})
    event = mine.until(number)
    while event["data"]["version"] <= version:
        event = mine.until(number)
    assert set(event["data"]) == {"id", "number", "version"} and "word" not in json.dumps(mine.seen)
    own = raised(here.person("carla.mendes"))
    others.until(own)
    heard = [event["data"].get("number") for event in others.seen]
    assert number not in heard
    mine.close()
    others.close()


def told(person, stream):
    number = raised(person)
    try:
        while True:
            event = stream.events.get(timeout=3)
            stream.seen.append(event)
            if event and event["data"].get("number") == number:
                return number
    except queue.Empty:
        return None


def test_whoever_comes_back_hears_what_they_missed(pair):
    lin = pair[0].person("ruben.castro")
    stream = Stream(lin)
    position = stream.next()["id"]
    stream.close()
    number = raised(lin)
    again = eventually(lambda: missed(lin, position, number), what="the missed change")
    assert again["event"] == "changed"
    browser = Stream(lin, "/api/v1/stream?after=nothing", {"Last-Event-ID": position})
    assert browser.until(number)["event"] == "changed"
    browser.close()
    # The other daemon does not know what this one said.
    other = Stream(pair[1].person("ruben.castro"), f"/api/v1/stream?after={position}")
    assert other.next()["event"] == "reset"
    other.close()
    assert refused(lin, "/api/v1/stream?since=1")[:2] == (400, "query.unknown")


def missed(person, position, number):
    stream = Stream(person, f"/api/v1/stream?after={position}")
    first = stream.next()
    stream.close()
    return first if first["data"].get("number") == number else None


def test_one_person_holds_a_few_streams_and_still_works(pair):
    nadia = pair[0].person("nadia.benali")
    streams = [Stream(nadia) for _ in range(8)]
    status, code, headers = refused(nadia)
    assert (status, code) == (429, "rate.exceeded") and int(headers["Retry-After"]) > 0
    assert nadia.get("/me").status == 200
    for stream in streams:
        stream.close()
    eventually(lambda: refused(nadia) is None, 60, "a free place")


def test_whoever_hangs_up_makes_room_before_the_next_beat(pair):
    """As pages do that somebody goes through quickly."""
    ruben, witness = pair[0].person("ruben.castro"), Stream(pair[0].person("lin.zhao"))
    # A beat may come in between; not each time.
    for _ in range(5):
        beats = witness.beats
        for stream in [Stream(ruben) for _ in range(8)]:
            stream.close()
        eventually(lambda: refused(ruben) is None, 60, "a free place")
        if witness.beats == beats:
            break
    else:
        raise AssertionError("no place was free before the daemon said something")
    witness.close()


def test_streams_end_with_the_session(pair):
    for there in pair:
        # On the same daemon, and by way of the other.
        lin, same = pair[0].sign_in("clara.weiss"), there.sign_in("clara.weiss")
        stream = Stream(lin)
        assert stream.next()["event"] == "ready"
        assert same.send("DELETE", f"/api/v1/sessions/{lin.session['id']}").status == 204
        while stream.next() is not None:
            pass
        # Another daemon may know the session for a few seconds more.
        eventually(lambda: lin.get("/me").status == 401, 20, "the end of the session")
        assert refused(lin)[:2] == (401, "auth.invalid_session")


def test_open_streams_hold_no_session_of_the_database_and_no_place_for_requests(pair, server):
    desk = pair[1]
    names = "SELECT application_name FROM pg_stat_activity WHERE application_name LIKE 'bureaud%'"
    people = ["lin.zhao", "anke.reuter", "lukas.hartwig", "priya.raman", "carla.mendes"]
    for handle in people:
        assert desk.person(handle).get("/me").status == 200
    before = len(server.rows(names))
    streams = [Stream(desk.person(handle)) for handle in people for _ in range(8)]
    # Both daemons open another now and then for what they do by themselves; forty streams would hold forty.
    assert len(server.rows(names)) < before + len(streams) // 2
    # More than one person may have in work at once.
    lin = desk.person("lin.zhao")
    assert all(lin.get("/me").status == 200 for _ in range(70))
    for stream in streams:
        stream.close()


def test_a_daemon_that_stops_waits_for_no_stream(tmp_path):
    tmp_path.chmod(0o755)
    with Desk(config=playground(tmp_path)).running() as desk:
        streams = [Stream(desk.person("lin.zhao")) for _ in range(3)]
        for stream in streams:
            assert stream.next()["event"] == "ready"
        # It would wait for half a minute and then say so with its status.
        assert desk.stop() == 0
        for stream in streams:
            assert stream.next() is None


def test_a_lost_database_ends_no_stream(pair, server):
    lin = pair[0].person("hannah.friedel")
    stream = Stream(lin)
    assert stream.next()["event"] == "ready"
    server.stop()
    server.start()
    number = eventually(lambda: tried(lin), 60, "a raised request")
    eventually(lambda: heard(stream, number), 60, "the change or that everything may have changed")
    stream.close()


def tried(person):
    answer = person.raise_request("it.everything", {"what": "x", "parts": ["one"]})
    return answer.body["number"] if answer.status == 201 else None


def heard(stream, number):
    event = stream.next()
    assert event is not None, stream.seen
    return event["event"] == "reset" or event["data"].get("number") == number
