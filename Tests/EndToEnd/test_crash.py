"""kill -9 of the daemon at any point: nothing acknowledged is lost, nothing happens twice."""

import random
import threading
import time

import pytest

from desk import Unreachable, eventually, key
from walk import CHILDREN, FORM, MANAGER, STEPS, assert_in_order, steps, timeline


class Patient:
    """Sends each command with one key until it is answered, as a careful client does."""

    def __init__(self, desk):
        self.desk = desk

    def insist(self, send, seconds=120):
        deadline = time.monotonic() + seconds
        while True:
            assert time.monotonic() < deadline, "no answer"
            try:
                answer = send()
            except Unreachable:
                time.sleep(0.05)
                continue
            if answer.status == 503:
                time.sleep(0.1)
                continue
            return answer

    def read(self, person, path):
        return self.insist(lambda: person.get(path))

    def await_step(self, person, number, step, seconds=120):
        def offered():
            answer = self.read(person, f"/requests/{number}")
            return answer.status == 200 and steps(answer).get(step, {}).get("status") == "open"

        eventually(offered, seconds, f"{step} of {number}")

    def child(self, manager, parent, name, seconds=120):
        def number():
            answer = self.read(manager, f"/requests/{parent}")
            return (steps(answer)[name]["child"] or {}).get("number")

        return eventually(number, seconds, f"the child {name} of {parent}")

    def walk(self, acknowledged):
        manager = self.desk.person(MANAGER)
        same = key()
        raised = self.insist(lambda: manager.raise_request("hr.onboarding", FORM, key=same))
        assert raised.status in (200, 201), raised
        parent = raised.body["number"]
        numbers = {"onboarding": parent}
        acknowledged.append((parent, "raised", None))
        for handle, step, action, body, name in STEPS:
            if name not in numbers:
                numbers[name] = self.child(manager, parent, name)
            person, same = self.desk.person(handle), key()
            self.await_step(person, numbers[name], step)
            answer = self.insist(lambda: person.step(numbers[name], step, action, body, key=same))
            assert answer.status == 200, (step, answer)
            acknowledged.append((numbers[name], {"approve": "voted", "complete": "completed"}[action], step))
        eventually(lambda: self.read(manager, f"/requests/{parent}").body["phase"] == "closed", 120, "the end")
        return numbers


@pytest.mark.parametrize("seed", [11, 12])
def test_two_walks_survive_kills_at_random_moments(own_desk, seed):
    desk, chance = own_desk, random.Random(seed)
    print(f"seed {seed}")
    for handle in {MANAGER, *(entry[0] for entry in STEPS)}:
        desk.person(handle)
    walks, failures = [], []

    def run():
        acknowledged = []
        try:
            walks.append((Patient(desk).walk(acknowledged), acknowledged))
        except BaseException as failure:  # noqa: BLE001 - reported in the main thread
            failures.append(failure)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    kills = 0
    while any(thread.is_alive() for thread in threads):
        time.sleep(chance.uniform(0.03, 0.3))
        if kills < 6:
            desk.kill()
            kills += 1
            desk.start()
    for thread in threads:
        thread.join()
    assert not failures, failures
    assert kills >= 3, "the walks were over before the daemon was killed often enough to prove something"

    manager = desk.person(MANAGER)
    seen = set()
    for numbers, acknowledged in walks:
        assert len(set(numbers.values())) == 5
        assert not seen & set(numbers.values())
        seen |= set(numbers.values())
        stories = {number: timeline(manager, number) for number in numbers.values()}
        for number, kind, step in acknowledged:
            found = [entry for entry in stories[number] if entry["kind"] == kind and entry.get("instance") == step]
            assert len(found) == 1, (number, kind, step, len(found))
        for number, story in stories.items():
            assert_in_order(story)
            assert [entry["kind"] for entry in story].count("closed") == 1
        parent = stories[numbers["onboarding"]]
        for child in CHILDREN:
            about = [entry["kind"] for entry in parent if entry.get("instance") == child]
            assert about.count("child_submitted") == 1 and about.count("child_closed") == 1, (child, about)
    mine = manager.get("/requests?mine=true&limit=200").body["items"]
    assert len([row for row in mine if row["number"] not in seen]) == 0, "a child or request exists twice"


@pytest.mark.parametrize("point", range(len(STEPS)))
def test_a_kill_right_after_an_acknowledgement_loses_nothing(crashed_desk, point):
    """The daemon dies in the very moment in which it has answered; the walk goes on where it was."""
    desk, progress = crashed_desk
    patient = Patient(desk)
    manager = desk.person(MANAGER)
    if "onboarding" not in progress:
        progress["onboarding"] = manager.raise_request("hr.onboarding", FORM).body["number"]
        desk.kill()
        desk.start()
    handle, step, action, body, name = STEPS[point]
    if name not in progress:
        progress[name] = patient.child(manager, progress["onboarding"], name)
    person = desk.person(handle)
    patient.await_step(person, progress[name], step)
    answer = person.step(progress[name], step, action, body)
    desk.kill()
    assert answer.status == 200, answer
    desk.start()
    story = timeline(manager, progress[name])
    kind = {"approve": "voted", "complete": "completed"}[action]
    assert len([entry for entry in story if entry["kind"] == kind and entry.get("instance") == step]) == 1
    if point == len(STEPS) - 1:
        eventually(lambda: manager.show(progress["onboarding"]).body["phase"] == "closed", 30, "the end")
