"""Deadlines as they pass on the running daemon."""

import time
from datetime import datetime, timedelta, timezone

import pytest

from desk import Desk, MovableDesk, config_with, eventually
from walk import steps, timeline

LOAN = """
title: {en: Loan, de: Leihe}
audience: [role:employee]
outcomes: {returned: good, lapsed: bad}
form:
  until: {label: {en: Until when?, de: Bis wann?}, type: datetime}
steps:
  - task: remind
    title: {en: Keep an eye on it, de: Im Auge behalten}
    assign: team:it
    due: until
    on_overdue: {tell: team:it}
  - task: give_back
    title: {en: Take it back, de: Zurücknehmen}
    assign: team:it
    due: until
    on_overdue: {end: lapsed}
"""

COUNTER = """
title: {en: Counter, de: Schalter}
audience: [role:employee]
outcomes: {done: good, missed: bad}
form:
  opens: {label: {en: From when?, de: Ab wann?}, type: datetime}
  closes: {label: {en: Until when?, de: Bis wann?}, type: datetime}
steps:
  - task: serve
    title: {en: Serve, de: Bedienen}
    only_while: now >= opens and now < closes
    assign: team:it
    due: closes + 1 hour
    on_overdue: {tell: team:it}
"""


@pytest.fixture(scope="module")
def lending(tmp_path_factory):
    with Desk(config=config_with(tmp_path_factory.mktemp("lending"), loan=LOAN)).running() as desk:
        yield desk


def lend(desk, seconds):
    until = datetime.now(timezone.utc).replace(microsecond=0) + timedelta(seconds=seconds)
    answer = desk.person("lin.zhao").raise_request("it.loan", {"until": until.strftime("%Y-%m-%dT%H:%M:%SZ")})
    assert answer.status == 201, answer
    return answer.body["number"], until


def kinds(story, step):
    return [entry["kind"] for entry in story if entry.get("instance") == step]


def test_a_deadline_passes_by_itself_and_soon(lending):
    number, until = lend(lending, 2)
    lin = lending.person("lin.zhao")
    assert steps(lin.show(number))["give_back"]["status"] == "open"
    closed = eventually(lambda: lin.show(number).body["phase"] == "closed" and datetime.now(timezone.utc), 20)
    assert until <= closed < until + timedelta(seconds=8)
    assert lin.show(number).body["outcome"]["id"] == "lapsed"
    story = timeline(lin, number)
    assert kinds(story, "give_back").count("deadline_passed") == 1
    assert [entry["kind"] for entry in story].count("closed") == 1


def test_a_deadline_that_passed_while_nobody_served_is_kept_afterwards(lending):
    number, until = lend(lending, 3)
    lin = lending.person("lin.zhao")
    lending.kill()
    time.sleep(max(0, (until - datetime.now(timezone.utc)).total_seconds()))
    lending.start()
    eventually(lambda: lin.show(number).body["phase"] == "closed", 30, "the end")
    story = timeline(lin, number)
    assert [entry["kind"] for entry in story].count("closed") == 1
    assert kinds(story, "give_back").count("deadline_passed") == 1


def test_work_that_is_done_in_time_is_not_overdue(lending):
    number, until = lend(lending, 4)
    priya = lending.person("priya.raman")
    for step in ("remind", "give_back"):
        assert priya.step(number, step, "complete", {"form": {}}).status == 200
    time.sleep(max(0, (until - datetime.now(timezone.utc)).total_seconds() + 2))
    assert priya.show(number).body["outcome"]["id"] == "returned"
    assert "deadline_passed" not in [entry["kind"] for entry in timeline(priya, number)]


@pytest.fixture
def counter(tmp_path):
    """A desk whose clock the test moves, with a counter that is open for an hour."""
    with MovableDesk(config=config_with(tmp_path, counter=COUNTER)).running() as desk:
        yield desk


def test_time_alone_takes_up_what_was_put_aside_and_puts_it_aside_again(counter):
    """Nobody does anything to the request: the moments are those of the condition."""
    now = datetime.now(timezone.utc).replace(microsecond=0)
    opens, closes = now + timedelta(hours=6), now + timedelta(hours=12)
    entries = {name: moment.strftime("%Y-%m-%dT%H:%M:%SZ") for name, moment in [("opens", opens), ("closes", closes)]}
    lin = counter.person("lin.zhao")
    answer = lin.raise_request("it.counter", entries)
    assert answer.status == 201, answer
    number = answer.body["number"]

    def stands(status):
        eventually(lambda: steps(lin.show(number))["serve"]["status"] == status, 40, status)

    stands("suspended")
    counter.advance(7 * 3600)
    stands("open")
    counter.advance(6 * 3600)
    stands("suspended")
    moves = [kind for kind in kinds(timeline(lin, number), "serve") if kind in ("postponed", "resumed", "suspended")]
    assert moves == ["postponed", "resumed", "suspended"]
