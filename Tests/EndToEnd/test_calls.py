"""Calls of another system, which is a real HTTP server here, by daemons that may die."""

import http.server
import json
import os
import threading

import pytest

from desk import Desk, config_with, eventually
from walk import steps, timeline

MAILBOX = """
title: {en: Mailbox, de: Postfach}
audience: [role:employee]
outcomes: {done: good, failed: bad}
form:
  login: {label: {en: Login, de: Kennung}, type: text}
steps:
  - call: mailbox
    service: directory
    method: post
    path: /mailboxes/{{ login }}
    with: {quota: 5}
    answer: {address: {type: email}}
    timeout: 5 seconds
    retry: {times: 9, first: 1 seconds}
    on_failed: {end: failed}
"""


class Directory:
    """The other system: answers as the test says, and remembers what it was asked."""

    def __init__(self):
        self.asked = []
        self.answers = []
        self.hold = None
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.asked.append((self.path, dict(self.headers), body))
                status = outer.answers.pop(0) if outer.answers else 200
                if outer.hold:
                    outer.hold.wait(30)
                data = json.dumps({"address": "n.new@larkfield.example"}).encode() if status == 200 else b"{}"
                try:
                    self.send_response(status)
                    self.send_header("Content-Type", "application/json")
                    self.send_header("Content-Length", str(len(data)))
                    self.end_headers()
                    self.wfile.write(data)
                except OSError:
                    pass  # whoever asked has died

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def keys(self):
        return [headers["Idempotency-Key"] for _, headers, _ in self.asked]


@pytest.fixture
def calling(tmp_path, monkeypatch):
    directory = Directory()
    config = config_with(tmp_path, mailbox=MAILBOX)
    with open(config / "shared" / "services.yaml", "a") as services:
        services.write(
            "\ndirectory:\n  title: {en: Directory, de: Verzeichnis}\n"
            f"  url: {directory.url}\n  secret: DIRECTORY_TOKEN\n  offered_to: everyone\n"
        )
    monkeypatch.setenv("BUREAU_SECRET_DIRECTORY_TOKEN", "s3cret-token")
    os.chmod(tmp_path, 0o755)
    with Desk(config=config).running() as desk:
        yield desk, directory
        directory.server.shutdown()


def raise_mailbox(desk, login="nora/new"):
    answer = desk.person("lin.zhao").raise_request("it.mailbox", {"login": login})
    assert answer.status == 201, answer
    return answer.body["number"]


def closed(desk, number):
    return desk.person("lin.zhao").show(number).body["phase"] == "closed"


def test_a_call_arrives_whole_and_its_answer_is_the_outcome(calling):
    desk, directory = calling
    directory.answers = [503, 200]
    number = raise_mailbox(desk)
    eventually(lambda: closed(desk, number), 30, "the end")
    shown = desk.person("lin.zhao").show(number)
    assert shown.body["outcome"]["id"] == "done"
    outputs = {field["id"]: field["value"] for field in steps(shown)["mailbox"]["outputs"]}
    assert outputs == {"address": "n.new@larkfield.example"}
    path, headers, body = directory.asked[0]
    assert (path, body) == ("/mailboxes/nora%2Fnew", {"quota": 5})
    assert headers["Authorization"] == "Bearer s3cret-token"
    assert len(directory.asked) == 2 and len(set(directory.keys)) == 1
    log = desk.log.read_text()
    assert "s3cret-token" not in log and "nora" not in log and "larkfield.example" not in log
    assert any(entry["kind"] == "call_answered" for entry in timeline(desk.person("lin.zhao"), number))


def test_a_daemon_that_dies_between_call_and_answer_asks_again_under_the_same_key(calling):
    desk, directory = calling
    directory.hold = threading.Event()
    number = raise_mailbox(desk)
    eventually(lambda: directory.asked, 20, "the call")
    desk.kill()
    directory.hold.set()
    directory.hold = None
    desk.start()
    eventually(lambda: closed(desk, number), 90, "the end")
    assert len(directory.asked) >= 2 and len(set(directory.keys)) == 1
    story = [entry["kind"] for entry in timeline(desk.person("lin.zhao"), number)]
    assert story.count("call_answered") == 1
