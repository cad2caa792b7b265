"""Two daemons at the same time on one PostgreSQL of an operator's own."""

import concurrent.futures
import threading
import time
from datetime import date, timedelta

import pytest

from desk import Desk, Person, Unreachable, eventually, key
from journal import chain_faults, spoken_in_plain
from server import PASSWORD, Server
from test_operations import LEAVE
from walk import CHILDREN, FORM, MANAGER, STEPS, assert_in_order, child_number, steps, timeline

INCIDENT = {"subject": "No picture", "service": "device", "impact": "me", "urgent": False}


@pytest.fixture(scope="module")
def server():
    server = Server()
    try:
        yield server
    finally:
        server.clear()


@pytest.fixture(scope="module")
def pair(server):
    """Two daemons that start at the same moment on an empty database: one migrates, the other waits for it."""
    desks = [Desk(settings=server.settings()) for _ in range(2)]
    try:
        with concurrent.futures.ThreadPoolExecutor() as pool:
            list(pool.map(Desk.start, desks))
        desks[0].import_people()
        desks[1].tokens = desks[0].tokens
        yield desks
    finally:
        for desk in desks:
            desk.clear()


@pytest.fixture(autouse=True)
def nothing_breaks_the_journal(server, pair):
    yield
    assert chain_faults(server) == []


def both(pair, person, action):
    """Lets the same person do the same on both daemons at the same moment."""
    with concurrent.futures.ThreadPoolExecutor() as pool:
        return list(pool.map(lambda desk: action(desk.person(person)), pair))


def test_a_walk_that_changes_daemons_at_every_step(server, pair):
    one, two = pair
    for handle in {MANAGER, *(step[0] for step in STEPS)}:
        one.person(handle)
    manager = one.person(MANAGER)
    numbers = {"onboarding": manager.raise_request("hr.onboarding", FORM).body["number"]}
    for position, (handle, step, action, body, name) in enumerate(STEPS):
        desk = pair[position % 2]
        if name not in numbers:
            numbers[name] = eventually(lambda: child_number(desk.person(MANAGER), numbers["onboarding"], name))
        person = desk.person(handle)
        eventually(lambda: steps(person.show(numbers[name])).get(step, {}).get("status") == "open", what=step)
        answer = person.step(numbers[name], step, action, body)
        assert answer.status == 200, (step, answer)
    eventually(lambda: two.person(MANAGER).show(numbers["onboarding"]).body["phase"] == "closed", what="the end")
    assert len(set(numbers.values())) == 5
    story = timeline(manager, numbers["onboarding"])
    assert_in_order(story)
    for child in CHILDREN:
        about = [entry["kind"] for entry in story if entry.get("instance") == child]
        assert about.count("child_submitted") == 1 and about.count("child_closed") == 1, (child, about)
    assert server.rows("SELECT count(*) AS count FROM bureau.event")[0]["count"] > 50
    words = ["Vermeulen", "Near a window", "61000", "Welcome!", "n.vermeulen", "B-2.17", "LK-04711", "204711"]
    assert spoken_in_plain(server, words) == [], "what people entered stands beside the journal, not in it"


def test_one_key_on_both_daemons_raises_one_request(pair):
    pair[0].person("lin.zhao")
    for _ in range(15):
        same = key()
        answers = both(pair, "lin.zhao", lambda person: person.raise_request("hr.leave", LEAVE, key=same))
        assert [answer.status for answer in answers] == [201, 201] or sorted(
            answer.status for answer in answers
        ) == [200, 201], answers
        assert len({answer.body["number"] for answer in answers}) == 1, answers


def test_a_key_belongs_to_what_it_was_used_for_on_every_daemon(pair):
    lin = [desk.person("lin.zhao") for desk in pair]
    same = key()
    first = lin[0].raise_request("hr.leave", LEAVE, key=same).body["number"]
    other = {**LEAVE, "until": str(date.today() + timedelta(days=20))}
    reused = lin[1].raise_request("hr.leave", other, key=same)
    assert (reused.status, reused.code) == (422, "idempotency.key_reused"), reused
    comment = lin[1].post(f"/requests/{first}/comments", {"text": "Hello"}, headers={"Idempotency-Key": same})
    assert (comment.status, comment.code) == (422, "idempotency.key_reused"), comment


def test_commands_on_one_request_from_both_daemons_all_count(pair):
    one, two = pair
    number = one.person("lin.zhao").raise_request("hr.leave", LEAVE).body["number"]

    def comment(position):
        person = pair[position % 2].person("lin.zhao")
        return person.post(f"/requests/{number}/comments", {"text": f"Comment {position}"}).status

    with concurrent.futures.ThreadPoolExecutor(max_workers=12) as pool:
        assert set(pool.map(comment, range(40))) <= {200, 201}
    story = timeline(two.person("lin.zhao"), number)
    assert len([entry for entry in story if entry["kind"] == "commented"]) == 40


def test_one_task_is_claimed_by_one_of_two(pair):
    one, two = pair
    number = one.person("lin.zhao").raise_request("it.incident", INCIDENT).body["number"]
    claimants = [(one, "priya.raman"), (two, "lukas.hartwig")]
    task = eventually(
        lambda: next(iter(one.person("priya.raman").work(number=number)), None), what="the incident's first task"
    )["instance"]
    for desk, handle in claimants:
        one.person(handle)
    with concurrent.futures.ThreadPoolExecutor() as pool:
        answers = list(pool.map(lambda who: who[0].person(who[1]).step(number, task, "claim"), claimants))
    assert sorted(answer.status for answer in answers) == [200, 409], answers


def test_people_and_configuration_reach_the_other_daemon(pair, tmp_path):
    one, two = pair
    people = (one.config / "demo" / "people.csv").read_text().splitlines()
    people.append("new.joiner,New Joiner,new.joiner@larkfield.example,anke.reuter,berlin,en,staff")
    file = tmp_path / "people.csv"
    file.write_text("\n".join(people) + "\n")
    two.import_people(file)
    joiner = one.person("new.joiner")
    assert eventually(lambda: joiner.raise_request("hr.leave", LEAVE).status == 201, 10, "the joiner's request")


def test_whom_one_daemon_shuts_out_the_other_does_not_let_in(pair):
    one, two = pair
    one.person("priya.raman")
    luca = one.person("luca.ferrante")
    there = Person(two, luca.handle, luca.token)
    assert luca.send("PUT", "/api/v1/accounts/luca.ferrante/lock", {}).status == 403
    assert there.raise_request("hr.leave", LEAVE).status == 201
    assert one.person("priya.raman").send("PUT", "/api/v1/accounts/luca.ferrante/lock", {}).status in (200, 204)
    # Well before what the other remembers has aged.
    eventually(lambda: there.raise_request("hr.leave", LEAVE).status == 401, 2, "the end of the token")


def test_no_password_is_printed(server, pair):
    for desk in pair:
        assert PASSWORD not in desk.log.read_text()
    shown = pair[0].administer("settings", *pair[0].options()).stdout
    assert "database_owner" in shown and PASSWORD not in shown and PASSWORD.replace("'", "\\'") not in shown


def test_what_a_killed_daemon_left_is_done_by_the_other(server, pair):
    one, two = pair
    one.person(MANAGER)
    acknowledged = []

    def raise_until_killed():
        while True:
            try:
                answer = one.person(MANAGER).raise_request("hr.onboarding", FORM)
            except Unreachable:
                return
            if answer.status == 201:
                acknowledged.append(answer.body["number"])

    with concurrent.futures.ThreadPoolExecutor() as pool:
        running = [pool.submit(raise_until_killed) for _ in range(4)]
        eventually(lambda: len(acknowledged) >= 6, 30, "some requests")
        one.kill()
        for each in running:
            each.result()
    nadia = one.person("nadia.benali").token
    survivor = Person(two, "nadia.benali", nadia)
    for number in acknowledged:
        answer = survivor.step(number, "decide", "approve")
        assert answer.status == 200, answer
    manager = two.person(MANAGER)
    for number in acknowledged:
        for child in ("account", "desk"):
            eventually(lambda: child_number(manager, number, child), 90, f"{child} of {number}")
    one.start()
    assert one.person(MANAGER).show(acknowledged[0]).status == 200


def test_a_frozen_database_is_told_and_outlived(server, pair):
    one, two = pair
    lin = one.person("lin.zhao")
    same = key()
    with concurrent.futures.ThreadPoolExecutor() as pool:
        server.freeze()
        try:
            for _ in range(2):
                began = time.monotonic()
                assert one.anonymous().send("GET", "/healthz", timeout=5).status == 200
                ready = one.anonymous().send("GET", "/readyz", timeout=10)
                assert ready.status == 503 and time.monotonic() - began < 4, (ready, time.monotonic() - began)
            waiting = [pool.submit(one_raise, lin, same) for _ in range(3)]
            answer = lin.get("/requests", timeout=40)
            assert answer.status == 503 and int(answer.headers["Retry-After"]) >= 1, answer
            assert one.anonymous().send("GET", "/healthz", timeout=5).status == 200
        finally:
            server.thaw()
        answers = [each.result() for each in waiting]
    assert {answer.status for answer in answers} <= {200, 201, 503}, answers
    for desk in pair:
        eventually(desk.is_ready, 60, "readiness after the thaw")

    def settled():
        answer = one_raise(lin, same)
        return answer if answer.status != 503 else None

    again = eventually(settled, 60, "the answer")
    assert again.status in (200, 201), again
    numbers = {answer.body["number"] for answer in [*answers, again] if answer.status != 503}
    assert len(numbers) == 1, "one key, one request"


def one_raise(person, same):
    return person.send(
        "POST", "/api/v1/requests", {"type": "hr.leave", "form": LEAVE}, headers={"Idempotency-Key": same}, timeout=120
    )


def test_sessions_that_die_at_any_moment_lose_and_double_nothing(server, pair):
    """Connections are cut all the time, also between COMMIT and its answer."""
    before = {row["number"] for row in server.rows("SELECT number FROM bureau.request")}
    for desk in pair:
        desk.person("lin.zhao")
    raised, commented, done = [], [], threading.Event()

    def insist(send):
        deadline = time.monotonic() + 60
        while True:
            answer = send()
            if answer.status != 503:
                return answer
            assert time.monotonic() < deadline, answer
            time.sleep(0.05)

    def work(client):
        lin = pair[client % 2].person("lin.zhao")
        while not done.is_set():
            same = key()
            answer = insist(lambda: lin.raise_request("hr.leave", LEAVE, key=same))
            assert answer.status in (200, 201), answer
            number = answer.body["number"]
            raised.append(number)
            same, text = key(), {"text": f"About {number}"}
            path, headers = f"/requests/{number}/comments", {"Idempotency-Key": same}
            answer = insist(lambda: lin.post(path, text, headers=headers))
            assert answer.status in (200, 201), answer
            commented.append(number)

    with concurrent.futures.ThreadPoolExecutor() as pool:
        running = [pool.submit(work, client) for client in range(8)]
        cut = 0
        for _ in range(30):
            cut += server.rows(
                """
                SELECT count(pg_terminate_backend(pid)) AS count FROM pg_stat_activity
                WHERE usename IN ('bureau_write', 'bureau_read') AND random() < 0.7
                """
            )[0]["count"]
            time.sleep(0.1)
        done.set()
        for each in running:
            each.result()
    assert cut > 20 and len(raised) > 20, (cut, len(raised))
    assert len(raised) == len(set(raised)), "two keys, two requests"
    after = {row["number"] for row in server.rows("SELECT number FROM bureau.request")}
    assert after - before == set(raised), "what nobody was told of exists, or what was told does not"
    counts = server.rows(
        """
        SELECT r.number, count(*) FILTER (WHERE e.kind = 'commented') AS comments
        FROM bureau.request r JOIN bureau.event e ON e.request_id = r.id GROUP BY r.number
        """
    )
    comments = {row["number"]: row["comments"] for row in counts}
    assert {comments[number] for number in commented} == {1}


def test_a_restarted_server_is_found_again_by_both(server, pair):
    lin = [desk.person("lin.zhao") for desk in pair]
    number = lin[0].raise_request("hr.leave", LEAVE).body["number"]
    server.stop()
    answer = lin[0].show(number)
    assert answer.status == 503 and int(answer.headers["Retry-After"]) >= 1, answer
    server.start()
    for person in lin:
        eventually(lambda: person.show(number).status == 200, 30, "the recovery")
        assert person.raise_request("hr.leave", LEAVE).status == 201


def test_a_backup_of_an_own_server_moves_into_a_private_one(server, pair):
    one = pair[0]
    number = one.person("lin.zhao").raise_request("hr.leave", LEAVE).body["number"]
    file = one.directory / "desk.backup"
    one.administer("backup", str(file), *one.options())
    refused = one.administer("restore", str(file), *one.options(), check=False)
    assert refused.returncode == 1 and "empty" in refused.stderr, refused.stderr
    other = Desk()
    try:
        other.administer("restore", str(file), *other.options())
        other.start()
        lin = Person(other, "lin.zhao", one.person("lin.zhao").token)
        assert lin.show(number).status == 200
        assert lin.raise_request("hr.leave", LEAVE).status == 201
    finally:
        other.clear()


def test_a_daemon_that_would_serve_as_the_owner_is_refused(server, pair):
    for setting in ("--database", "--database-read"):
        desk = Desk(settings=[*server.settings(), setting, server.connection("bureau_owner")])
        try:
            refused = desk.administer(*map(str, desk.serve_arguments()[1:]), check=False)
            assert refused.returncode == 1 and "bureau_owner" in refused.stderr, refused.stderr
            assert PASSWORD not in refused.stderr
        finally:
            desk.clear()
