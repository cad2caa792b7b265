"""What IT, facilities and security must not learn of the HR request that theirs belongs to, by any way there is."""

from itertools import product

import pytest

from desk import eventually, key
from walk import FORM, MANAGER, child_number

# In no field that is passed on; each stands nowhere else.
SECRET_SALARY = "73219.00 EUR"
SECRETS = ["73219", "not the salary", "Salary", "Jahresgehalt", "salary", "New colleague Noor", "hr.onboarding"]
NOT_PASSED_TO_IT = ["window", "permanent", "Permanent", "desk_wishes"]
AGENTS = ["priya.raman", "lukas.hartwig", "yusuf.demir", "kwame.boateng", "petra.neumann", "greta.lorenz", "samuel.osei"]
IT = ["priya.raman", "lukas.hartwig"]


class Story:
    """An onboarding under way: approved with a comment, a comment of HR in it, its first children open."""

    def __init__(self, desk):
        self.desk = desk
        self.manager, self.nadia = desk.person(MANAGER), desk.person("nadia.benali")
        raised = self.manager.raise_request("hr.onboarding", {**FORM, "salary": SECRET_SALARY}, key="the-key")
        assert raised.status == 201, raised
        self.parent, self.id = raised.body["number"], raised.body["id"]
        answer = self.nadia.step(self.parent, "decide", "approve", {"comment": "This is not the salary we agreed on"})
        assert answer.status == 200, answer
        self.account = eventually(lambda: child_number(self.manager, self.parent, "account"), what="the account")
        self.desk_request = eventually(lambda: child_number(self.manager, self.parent, "desk"), what="the desk")
        self.tag = self.manager.show(self.parent).headers["ETag"]

    @property
    def names(self):
        return [self.parent, self.id]


@pytest.fixture(scope="module")
def story(desk):
    return Story(desk)


def everything(answer):
    """Body and headers as one text."""
    return answer.raw.decode() + str(answer.headers)


def assert_silent(answer, words):
    text = everything(answer)
    assert [word for word in words if word in text] == [], answer


@pytest.mark.parametrize("handle", AGENTS)
def test_no_list_shows_the_parent(desk, story, handle):
    agent = desk.person(handle)
    for phase, type, department, mine in product(
        [None, "open", "ending", "closed"], [None, "hr.onboarding", "it.account"], [None, "hr", "it"], [None, "true"]
    ):
        chosen = {"phase": phase, "type": type, "department": department, "mine": mine}
        query = "&".join(f"{name}={value}" for name, value in chosen.items() if value)
        answer = agent.get(f"/requests?limit=200&{query}")
        assert answer.status == 200, answer
        assert_silent(answer, [*story.names, *SECRETS])
    for kind, department, mine in product(
        [None, "task", "approval", "decision"], [None, "hr", "it", "facilities"], [None, "true"]
    ):
        chosen = {"kind": kind, "department": department, "mine": mine}
        query = "&".join(f"{name}={value}" for name, value in chosen.items() if value)
        answer = agent.get(f"/inbox?limit=200&{query}")
        assert answer.status == 200, answer
        assert_silent(answer, [*story.names, *SECRETS])


@pytest.mark.parametrize("handle", AGENTS)
def test_the_parent_is_answered_like_what_does_not_exist(desk, story, handle):
    """Same status, code and words, whatever is asked and with whatever header; only the request's own id differs."""
    agent = desk.person(handle)
    headers = [
        {}, {"If-None-Match": story.tag}, {"If-None-Match": "*"}, {"If-Match": story.tag}, {"If-Match": '"v1"'},
        {"Idempotency-Key": "the-key"}, {"Accept-Language": "de"},
    ]
    steps = ["decide", "account", "payroll", "nothing", "Not a name"]
    absent = {story.parent: "HR-999999", story.id: "0192f0c1-2345-7abc-8def-0123456789ab"}
    for name, extra in product(story.names, headers):
        for method, path, body in [
            ("GET", "", None),
            ("HEAD", "", None),
            ("GET", "/timeline", None),
            ("GET", "/timeline?limit=1&cursor=dDEKMQ", None),
            ("POST", "/comments", {"text": "Hello"}),
            ("POST", "/comments", {"text": ""}),
            ("POST", "/cancellation", {"reason": "x"}),
            *(
                ("POST", f"/steps/{step.replace(' ', '%20')}/{action}", body)
                for step in steps
                for action, body in [
                    ("claim", {}), ("complete", {"form": {}}), ("approve", {}), ("reject", {}), ("release", {}),
                    ("retry", {}), ("give_up", {"outcome": "withdrawn"}),
                ]
            ),
        ]:
            if name == story.id and extra:
                continue  # the number stands for both
            hidden = agent.send(method, f"/api/v1/requests/{name}{path}", body, headers=extra)
            unknown = agent.send(method, f"/api/v1/requests/{absent[name]}{path}", body, headers=extra)
            where = (method, path, extra)
            assert hidden.status == unknown.status == 404, (where, hidden)
            assert hidden.raw == unknown.raw, (where, hidden, unknown)
            assert hidden.headers["ETag"] is None, where
            assert_silent(hidden, SECRETS)


@pytest.mark.parametrize("handle", IT)
@pytest.mark.parametrize("language", ["en", "de"])
def test_a_child_tells_only_what_was_passed(desk, story, handle, language):
    agent = desk.person(handle)
    speaking = {"Accept-Language": language}
    for path in ["", "/timeline"]:
        answer = agent.get(f"/requests/{story.account}{path}", headers=speaking)
        assert answer.status == 200, answer
        assert_silent(answer, [*story.names, *SECRETS, *NOT_PASSED_TO_IT])
    shown = agent.get(f"/requests/{story.account}", headers=speaking).body
    assert shown["parent"] is None
    assert {field["id"] for field in shown["fields"]} == {"name", "manager", "site", "by", "privileged", "apps"}
    # Nothing of the siblings either.
    assert agent.show(story.desk_request).code == "request.not_found"
    assert story.desk_request not in everything(agent.get("/requests?limit=200"))


def test_facilities_reads_no_more_either(desk, story):
    kwame = desk.person("kwame.boateng")
    answer = kwame.show(story.desk_request)
    assert answer.body["parent"] is None
    assert {field["id"] for field in answer.body["fields"]} == {"person", "site", "wishes", "by"}
    assert_silent(answer, [*story.names, *SECRETS, "mail", "workstation"])
    assert kwame.show(story.account).code == "request.not_found"


def test_those_who_see_both_are_led_from_one_to_the_other(desk, story):
    assert story.manager.show(story.account).body["parent"] == {"id": story.id, "number": story.parent}
    jonas = desk.person("jonas.brandt")
    step = next(step for step in jonas.show(story.parent).body["steps"] if step["instance"] == "account")
    # HR sees that there is a child, and its number, but is no party to it.
    assert step["child"]["id"] is None and step["child"]["number"] == story.account
    assert jonas.show(story.account).code == "request.not_found"


def test_a_key_belongs_to_whom_it_came_from(desk, story):
    """Somebody else's key gives nothing of what it was used for."""
    again = story.manager.raise_request("hr.onboarding", {**FORM, "salary": SECRET_SALARY}, key="the-key")
    assert (again.body["number"], again.headers["Idempotency-Replayed"]) == (story.parent, "true")
    lukas = desk.person("lukas.hartwig")
    refused = lukas.raise_request("hr.onboarding", {**FORM, "salary": SECRET_SALARY}, key="the-key")
    assert (refused.status, refused.code) == (404, "catalogue.unknown_type"), refused
    incident = {"subject": "No network", "service": "network", "impact": "me", "urgent": False}
    own = lukas.raise_request("it.incident", incident, key="the-key")
    assert own.status == 201 and own.headers["Idempotency-Replayed"] is None
    assert own.body["number"] != story.parent
    assert_silent(own, [*story.names, *SECRETS])


def test_a_key_replays_nothing_that_its_owner_may_no_longer_see(desk, story):
    """A comment's answer is the request as it is now for its author, never what it was."""
    same = key()
    first = story.nadia.post(f"/requests/{story.parent}/comments", {"text": "Noted."}, headers={"Idempotency-Key": same})
    second = story.nadia.post(f"/requests/{story.parent}/comments", {"text": "Noted."}, headers={"Idempotency-Key": same})
    assert (first.status, second.status) == (200, 200)
    assert second.headers["Idempotency-Replayed"] == "true"
    assert_silent(first, ["73219"])
    assert_silent(second, ["73219"])


def test_the_catalogue_does_not_tell_what_there_is_for_others(desk):
    lin = desk.person("lin.zhao")
    hidden, unknown = lin.get("/catalogue/hr.onboarding"), lin.get("/catalogue/hr.nothing")
    assert (hidden.status, hidden.code) == (unknown.status, unknown.code) == (404, "catalogue.unknown_type")
    assert hidden.raw.replace(b"hr.onboarding", b"") == unknown.raw.replace(b"hr.nothing", b"")
    hidden, unknown = lin.raise_request("hr.onboarding", {}), lin.raise_request("hr.nothing", {})
    assert (hidden.status, hidden.code) == (unknown.status, unknown.code) == (404, "catalogue.unknown_type")
    assert hidden.raw.replace(b"hr.onboarding", b"") == unknown.raw.replace(b"hr.nothing", b"")


def test_the_salary_is_in_no_log(desk, story):
    """The daemon's log names requests, never what they hold; nor tokens or keys."""
    log = desk.log.read_text()
    assert "73219" not in log and "the-key" not in log
    assert [handle for handle, token in desk.tokens.items() if token in log] == []
