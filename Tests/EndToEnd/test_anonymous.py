"""A report by somebody who does not say who they are: heard, answered, and found nowhere."""

import http.client
import json
import secrets
import subprocess
import urllib.parse
from pathlib import Path

import pytest

from desk import ROOT, Answer, Desk, eventually

SHIPPED = ROOT / "Config"
# What the reporter's machine would give away.
ADDRESS = "127.0.0.77"
BROWSER = "Hidden-Browser/7.3"
COOKIE = "left-over-session-of-nobody"
NOTE = "I do not believe a word."
FORM = {"kind": "fraud", "happened": "Money is missing.", "involved": [], "evidence": []}


class Reporter:
    """Comes from an address of their own, with a browser that sends more than it should."""

    def __init__(self, desk, token, receipt=None):
        self.desk, self.token, self.receipt = desk, token, receipt

    def send(self, method, path, body=None, headers=None):
        sent = {
            "User-Agent": BROWSER, "Authorization": f"Bearer {self.token}", "Cookie": f"bureau-session={COOKIE}",
            "X-Forwarded-For": ADDRESS, "Referer": f"http://{ADDRESS}/", **(headers or {}),
        }
        if self.receipt is not None:
            sent["Bureau-Receipt"] = self.receipt
        if body is not None:
            sent["Content-Type"] = "application/json"
        connection = http.client.HTTPConnection("127.0.0.1", self.desk.port, timeout=30, source_address=(ADDRESS, 0))
        try:
            data = None if body is None else json.dumps(body)
            connection.request(method, "/api/v1/anonymous" + path, body=data, headers=sent)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def get(self, path, **options):
        return self.send("GET", path, **options)

    def post(self, path, body, **options):
        return self.send("POST", path, body, **options)


@pytest.fixture(scope="module")
def desk():
    with Desk(config=SHIPPED, settings=["--log-level", "debug"]).running(SHIPPED / "demo" / "people.csv") as desk:
        yield desk


@pytest.fixture(scope="module")
def told(desk):
    """A whole story: reported, read, asked back, answered, concluded."""
    story = Story(desk)
    story.play()
    return story


class Story:
    def __init__(self, desk):
        self.desk = desk
        self.key = secrets.token_urlsafe(20)
        self.reporter = Reporter(desk, desk.person("lin.zhao").token)
        self.nadia = desk.person("nadia.benali")
        self.answers = []

    def play(self):
        raised = self.reporter.post(
            "/requests", {"type": "hr.misconduct", "form": FORM}, headers={"Idempotency-Key": self.key})
        assert raised.status == 201, raised
        self.number, self.receipt = raised.body["number"], raised.body["receipt"]
        self.location = raised.headers["Location"]
        self.reporter.receipt = self.receipt
        self.did(self.reporter.post("/request/comments", {"text": "It went on today."}))
        assert self.nadia.step(self.number, "acknowledge", "complete", {"form": {"severity": "minor"}}).status == 200
        assert self.nadia.post(f"/requests/{self.number}/comments", {"text": "In which office?"}).status == 200
        note = self.nadia.post(f"/requests/{self.number}/comments", {"text": NOTE, "audience": "internal"})
        assert note.status == 200, note
        asked = self.nadia.step(self.number, "questions", "add_step", {"step": "question"})
        assert asked.status == 200, asked
        self.asked = self.reporter.get("/request")
        self.did(self.reporter.post(
            "/request/steps/question%5B1%5D/complete", {"form": {"reply": "In Berlin."}}))
        self.did(self.reporter.post("/request/comments", {"text": "On the second floor."}))
        eventually(lambda: self.timeline_has("In which office?"), what="the question")

    def did(self, answer):
        assert answer.status == 200, answer
        self.answers.append(answer)

    def timeline(self):
        answer = self.reporter.get("/request/timeline")
        assert answer.status == 200, answer
        return answer

    def timeline_has(self, text):
        return any(entry["comment"] == text for entry in self.timeline().body["items"])


def test_what_may_be_reported_is_shown_to_everybody(desk):
    nobody = Reporter(desk, "no-token-at-all")
    listed = nobody.get("/catalogue")
    assert (listed.status, [entry["type"] for entry in listed.body["items"]]) == (200, ["hr.misconduct"])
    entry = nobody.get("/catalogue/hr.misconduct", headers={"Accept-Language": "de"})
    assert entry.body["title"] == "Fehlverhalten melden"
    assert "happened" in [field["id"] for field in entry.body["form"]]
    # What needs a name is answered like what does not exist.
    for path, unknown in [("/catalogue/hr.leave", "/catalogue/hr.nothing")]:
        hidden, absent = nobody.get(path), nobody.get(unknown)
        assert hidden.status == absent.status == 404
        assert hidden.raw.replace(b"hr.leave", b"") == absent.raw.replace(b"hr.nothing", b"")
    refused = nobody.post("/requests", {"type": "hr.leave", "form": {}})
    assert (refused.status, refused.code) == (404, "catalogue.unknown_type"), refused


def test_the_confidants_know_what_happened_and_not_who_tells(desk, told):
    shown = told.nadia.show(told.number)
    assert shown.body["requester"] == {"id": None, "handle": "", "name": "Anonym"}
    assert shown.body["beneficiary"] is None
    story = told.nadia.get(f"/requests/{told.number}/timeline").body["items"]
    comments = {entry["comment"]: entry["by"]["name"] for entry in story if entry["comment"]}
    assert comments["It went on today."] == comments["On the second floor."] == "Anonym"
    assert comments["In which office?"] == "Nadia Benali"
    # Nobody else, and nobody whose token came with it.
    for handle in ["lin.zhao", "jonas.brandt", "ingrid.solheim", "priya.raman"]:
        assert desk.person(handle).show(told.number).code == "request.not_found"
        assert told.number not in desk.person(handle).get("/requests?limit=200").raw.decode()


def test_the_reporter_reads_the_answer_and_no_name(desk, told):
    assert told.location == "/api/v1/anonymous/request"
    question = next(step for step in told.asked.body["steps"] if step["instance"] == "question[1]")
    assert question["actions"] == ["complete"], question
    assert {"party": "team:employee-relations", "name": "Employee relations"} in question["waiting_for"]
    shown, story = told.reporter.get("/request"), told.timeline()
    assert shown.body["number"] == told.number
    assert {field["id"]: field["value"] for field in shown.body["fields"]}["happened"] == "Money is missing."
    answers = [entry["by"]["name"] for entry in story.body["items"] if entry["comment"] == "In which office?"]
    assert answers == ["Employee relations"]
    assert any("Thank you. We have read your report" in (entry["comment"] or "") for entry in story.body["items"])
    people = [
        word
        for handle in ["nadia.benali", "amara.okafor"]
        for me in [desk.person(handle).get("/me").body["person"]]
        for word in [me["id"], me["handle"], me["name"]]
    ]
    for answer in [told.asked, shown, story, *told.answers]:
        text = answer.raw.decode() + str(answer.headers)
        assert [word for word in [*people, NOTE] if word in text] == [], answer
        # What HR does about it is HR's.
        assert "talk" not in [step["instance"] for step in answer.body.get("steps", [])]


def test_every_answer_is_forgotten_by_the_browser(told):
    for answer in [told.reporter.get("/request"), told.timeline(), told.reporter.get("/catalogue")]:
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Set-Cookie"] is None


def test_a_lost_answer_brings_the_same_receipt_again(told):
    again = told.reporter.post(
        "/requests", {"type": "hr.misconduct", "form": FORM}, headers={"Idempotency-Key": told.key})
    assert (again.status, again.body) == (201, {"receipt": told.receipt, "number": told.number})
    assert again.headers["Idempotency-Replayed"] == "true"
    other = told.reporter.post(
        "/requests", {"type": "hr.misconduct", "form": {**FORM, "kind": "other"}},
        headers={"Idempotency-Key": told.key})
    assert (other.status, other.code) == (422, "idempotency.key_reused"), other
    guessable = told.reporter.post(
        "/requests", {"type": "hr.misconduct", "form": FORM}, headers={"Idempotency-Key": "report-1"})
    assert (guessable.status, guessable.code) == (422, "idempotency.key_too_short"), guessable
    # Without one, every report is another.
    receipts = {told.reporter.post("/requests", {"type": "hr.misconduct", "form": FORM}).body["receipt"] for _ in "ab"}
    assert len(receipts | {told.receipt}) == 3


def test_a_receipt_may_be_copied_by_hand(desk, told):
    written = told.receipt.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert Reporter(desk, "", written).get("/request").body["number"] == told.number


OPERATIONS = [
    ("GET", "/request", None), ("HEAD", "/request", None), ("GET", "/request/timeline", None),
    ("POST", "/request/comments", {"text": "Hello"}), ("POST", "/request/cancellation", {}),
    ("POST", "/request/amendments", {"form": {"kind": "other"}}), ("POST", "/request/rating", {"score": 3}),
    ("POST", "/request/steps/acknowledge/complete", {"form": {}}),
    ("POST", "/request/steps/acknowledge/tick", {"item": "x"}),
]


@pytest.mark.parametrize("method, path, body", OPERATIONS)
def test_every_wrong_receipt_is_answered_alike(desk, told, method, path, body):
    """Whatever it looks like, whatever comes with it; a name opens nothing here either."""
    wrong = [
        None, "", " ", "x", "0000-0000-0000-0000-0000-0000-0000-0000", told.receipt[:-1], told.receipt + "0",
        told.number, told.key, "9" * 8000, told.receipt[::-1],
    ]
    seen = set()
    for receipt in wrong:
        for headers in [{}, {"If-Match": '"v1"'}, {"If-None-Match": '"v1"'}, {"Idempotency-Key": told.key}]:
            answer = Reporter(desk, told.nadia.token, receipt).send(method, path, body, headers=headers)
            varying = {"X-Request-Id", "Date"}
            seen.add((answer.status, answer.raw, str([item for item in answer.headers.items() if item[0] not in varying])))
    assert len(seen) == 1, seen
    status, raw, _ = seen.pop()
    assert status == 404
    assert method == "HEAD" or json.loads(raw)["code"] == "request.not_found"


def test_a_receipt_opens_what_is_the_requesters_and_nothing_else(desk, told):
    refused = told.reporter.post("/request/steps/talk/complete", {"form": {}})
    assert (refused.status, refused.code) == (403, "request.task.not_offered"), refused
    # The parts of the API that want a name do not take it for one.
    anonymous = desk.anonymous()
    receipt = {"Bureau-Receipt": told.receipt}
    for path in [f"/requests/{told.number}", "/requests", "/inbox", "/me"]:
        answer = anonymous.get(path, headers=receipt)
        assert (answer.status, answer.code) == (401, "auth.missing_token"), answer
    twice = http.client.HTTPConnection("127.0.0.1", desk.port, timeout=30)
    twice.putrequest("GET", "/api/v1/anonymous/request")
    for value in [told.receipt, "other"]:
        twice.putheader("Bureau-Receipt", value)
    twice.endheaders()
    answer = twice.getresponse()
    assert (answer.status, json.loads(answer.read())["code"]) == (400, "header.repeated")
    twice.close()


def test_nothing_of_the_reporter_is_kept(desk, told, tmp_path):
    """Neither in the log nor in the database, with all that is in it: journal, answers to keys, audit."""
    lin = desk.person("lin.zhao")
    secret = {
        "address": ADDRESS, "browser": BROWSER, "token": lin.token, "cookie": COOKIE, "key": told.key,
        "receipt": told.receipt, "letters": told.receipt.replace("-", ""),
    }
    log = desk.log.read_text()
    assert [what for what, text in secret.items() if text in log] == []
    lines = [line for line in log.splitlines() if "/api/v1/anonymous" in line]
    assert len(lines) > 50
    for line in lines:
        fields = dict(part.split("=", 1) for part in line.split() if "=" in part)
        assert set(fields) == {"method", "route", "status"}, line
        assert "request served" in line and told.number not in line, line
    backup = tmp_path / "bureau.dump"
    desk.administer("backup", str(backup), *desk.options())
    newest = max(Path("/usr/lib/postgresql").glob("*/bin/pg_restore"), key=lambda path: int(path.parts[-3]))
    dump = subprocess.run([newest, "-f", "-", backup], capture_output=True, check=True).stdout.decode()
    assert told.number in dump, "the dump holds the report"
    assert [what for what, text in secret.items() if text in dump] == []
    # Also not who is signed in where the reporter's browser is.
    me = lin.get("/me").body["person"]["id"]
    identifier = told.nadia.show(told.number).body["id"]
    assert [line for line in dump.splitlines() if identifier in line and me in line] == []
    for file in desk.data.rglob("*.log"):
        text = file.read_text(errors="replace")
        assert [what for what, secret in secret.items() if secret in text] == [], file
