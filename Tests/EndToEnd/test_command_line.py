"""The command-line client as people meet it: on a terminal, in a pipe, with wrong input and with no server."""

import contextlib
import fcntl
import json
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
from datetime import date, timedelta

import pytest

from desk import BUREAU, free_port

SOON = str(date.today() + timedelta(days=10))
LATER = str(date.today() + timedelta(days=12))
LEAVE = {"kind": "vacation", "from": SOON, "until": LATER}
INCIDENT = {"subject": "No network on the second floor", "service": "network", "impact": "me", "urgent": False}


def environment(person, **more):
    return {
        **os.environ, "BUREAU_SERVER": person.desk.url, "BUREAU_TOKEN": person.token or "", "TERM": "xterm",
        "XDG_CONFIG_HOME": "/nonexistent", **more,
    }


class Terminal:
    """The client on a terminal of so many columns."""

    def __init__(self, person, *arguments, columns=80, **more):
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
            os.execve(BUREAU, [str(BUREAU), *arguments], environment(person, **more))
        self.text = b""

    def read(self, until=None, seconds=15):
        """What it wrote, up to and with a text, else to its end."""
        deadline = time.monotonic() + seconds
        while until is None or until.encode() not in self.text:
            assert time.monotonic() < deadline, f"{until!r} did not appear: {self.text.decode()}"
            if not select.select([self.terminal], [], [], 0.2)[0]:
                continue
            part = b""
            with contextlib.suppress(OSError):  # Linux answers EIO when the other side has gone
                part = os.read(self.terminal, 65536)
            if not part:
                assert until is None, f"{until!r} did not appear: {self.text.decode()}"
                break
            self.text += part
        end = len(self.text) if until is None else self.text.index(until.encode()) + len(until.encode())
        seen, self.text = self.text[:end].decode(), self.text[end:]
        return seen.replace("\r\n", "\n")

    def answer(self, question, text):
        seen = self.read(question)
        self.read(": ")
        os.write(self.terminal, text if isinstance(text, bytes) else text.encode() + b"\n")
        return seen

    def end(self):
        """What it wrote at last, and its exit code."""
        seen = self.read()
        os.close(self.terminal)
        return seen, os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def plain(text):
    return re.sub(r"\x1b\[\d*m", "", text)


def run(person, *arguments, input=None, **more):
    return subprocess.run(
        [BUREAU, *arguments], capture_output=True, text=True, env=environment(person, **more), input=input, timeout=60
    )


def test_a_terminal_asks_for_what_is_missing_and_again_for_what_is_wrong(desk):
    terminal = Terminal(desk.person("lin.zhao"), "raise", "hr.leave", NO_COLOR="1")
    choices = terminal.answer("What kind of leave?", "Special occasion")
    assert "vacation  Holiday" in choices and "special  Special occasion" in choices
    terminal.answer("First day away", "")
    assert "This needs an answer" in terminal.answer("First day away", "2020-01-01")
    terminal.answer("Last day away", LATER)
    terminal.answer("Who stands in for you? (somebody's handle, may be empty)", "")
    terminal.answer("How can we reach you", "")
    # The server looked: one answer is wrong, and a question appeared.
    assert "Leave cannot begin in the past." in terminal.answer("First day away", SOON)
    terminal.answer("What is the occasion?", "A wedding")
    shown, code = terminal.end()
    assert code == 0, shown
    assert re.search(r"HR-\d+  Leave  open", shown) and "What is the occasion?: A wedding" in shown


def test_the_end_of_the_input_leaves_without_sending(desk):
    lin = desk.person("lin.zhao")
    before = lin.get("/requests?limit=200").body["items"]
    terminal = Terminal(lin, "raise", "hr.leave", NO_COLOR="1")
    terminal.answer("What kind of leave?", "vacation")
    terminal.answer("First day away", b"\x04")
    shown, code = terminal.end()
    assert code == 1 and "Nothing was sent." in shown, shown
    assert lin.get("/requests?limit=200").body["items"] == before


def test_a_task_is_completed_on_a_terminal(desk):
    lin, lukas = desk.person("lin.zhao"), desk.person("lukas.hartwig")
    number = lin.raise_request("it.incident", INCIDENT).body["number"]
    terminal = Terminal(lukas, "complete", number, NO_COLOR="1")
    terminal.answer("Was war die Ursache?", "Ein Defekt")
    terminal.answer("Was wurde getan?", "Kabel getauscht.")
    shown, code = terminal.end()
    assert code == 0, shown
    assert lin.show(number).body["steps"][1]["status"] == "done"


@pytest.mark.parametrize("columns", [200, 80, 60, 50])
def test_a_table_fits_the_terminal(desk, columns):
    lin, lukas = desk.person("lin.zhao"), desk.person("lukas.hartwig")
    number = lin.raise_request("it.incident", INCIDENT).body["number"]
    for command in ["inbox", "requests"]:
        shown, code = Terminal(lukas, command, columns=columns).end()
        lines = plain(shown).splitlines()
        assert code == 0 and any(number in line for line in lines), shown
        assert max(len(line) for line in lines) <= columns, shown
        assert "\x1b[" in shown
    # What people type back is never cut.
    assert any(re.search(rf"^{number} +solve ", line) for line in plain(Terminal(lukas, "inbox", columns=50).end()[0]).splitlines())


def test_a_pipe_gets_whole_plain_text(desk):
    lukas = desk.person("lukas.hartwig")
    desk.person("lin.zhao").raise_request("it.incident", INCIDENT)
    shown = run(lukas, "inbox").stdout
    assert "\x1b" not in shown and "…" not in shown and INCIDENT["subject"] in shown


def test_colours_are_left_out_where_unwanted(desk):
    for more in [{"NO_COLOR": "1"}, {"TERM": "dumb"}]:
        assert "\x1b[" not in Terminal(desk.person("lukas.hartwig"), "requests", **more).end()[0]


def test_nothing_is_said_in_words(desk):
    teresa = desk.person("teresa.vidal")
    assert run(teresa, "inbox").stdout == "Nothing waits for you.\n"
    assert run(teresa, "requests", "--phase", "closed").stdout == "There are no such requests that you may see.\n"


def test_every_command_speaks_json(desk):
    lin, anke, lukas = desk.person("lin.zhao"), desk.person("anke.reuter"), desk.person("lukas.hartwig")

    def call(person, *arguments):
        result = run(person, *arguments, "--json")
        assert result.returncode == 0, (arguments, result)
        assert result.stderr == "" and result.stdout.endswith("\n") and result.stdout.count("\n") == 1, arguments
        return json.loads(result.stdout)

    fields = [part for name, value in LEAVE.items() for part in ("--field", f"{name}={value}")]
    leave = call(lin, "raise", "hr.leave", *fields)["number"]
    incident = lin.raise_request("it.incident", INCIDENT).body["number"]
    assert call(lin, "me")["person"]["handle"] == "lin.zhao"
    assert "hr.leave" in [entry["type"] for entry in call(lin, "catalogue")["items"]]
    assert call(lin, "catalogue", "hr.leave")["type"] == "hr.leave"
    assert leave in [row["number"] for row in call(lin, "requests")["items"]]
    assert call(lin, "show", leave)["number"] == leave
    assert call(lin, "timeline", leave)["items"][0]["kind"] == "raised"
    assert leave in [item["request"]["number"] for item in call(anke, "inbox")["items"]]
    assert call(lin, "comment", leave, "Hello")["number"] == leave
    assert call(anke, "approve", leave)["steps"][0]["outcome"] == "approved"
    rejected, withdrawn = (lin.raise_request("hr.leave", LEAVE).body["number"] for _ in range(2))
    assert call(anke, "reject", rejected, "--comment", "No")["phase"] == "closed"
    assert call(lin, "cancel", withdrawn)["outcome"]["id"] == "withdrawn"
    for action, assignee in [("claim", "lukas.hartwig"), ("release", None), ("claim", "lukas.hartwig")]:
        step = next(step for step in call(lukas, action, incident)["steps"] if step["instance"] == "solve")
        assert (step["assignee"] or {}).get("handle") == assignee
    done = call(lukas, "complete", incident, "--field", "cause=fault", "--field", "solution=A cable")
    assert done["steps"][1]["status"] == "done"


def test_a_form_comes_from_a_file_or_a_pipe(desk, tmp_path):
    lin = desk.person("lin.zhao")
    file = tmp_path / "form.json"
    file.write_text(json.dumps(LEAVE))
    assert run(lin, "raise", "hr.leave", "--json-form", str(file)).returncode == 0
    assert run(lin, "raise", "hr.leave", "--json-form", "-", input=json.dumps(LEAVE)).returncode == 0
    for text in ["", "[]", "{", "{\"a\": 1, \"a\": 2}"]:
        refused = run(lin, "raise", "hr.leave", "--json-form", "-", input=text)
        assert (refused.returncode, refused.stdout) == (2, ""), refused
        assert refused.stderr.startswith("bureau: -"), refused


def test_refusals_say_what_and_why(desk):
    lin, anke = desk.person("lin.zhao"), desk.person("anke.reuter")
    number = lin.raise_request("hr.leave", LEAVE).body["number"]
    for person, arguments, code, words in [
        (lin, ["show", "HR-999999"], 1, ["There is no such request. [request.not_found]"]),
        (lin, ["show", ""], 2, ["“” is no name of a request."]),
        (lin, ["timeline", ".."], 2, ["“..” is no name of a request."]),
        (lin, ["catalogue", "."], 2, ["“.” is no name of a request type."]),
        (lin, ["show", "HR-1/timeline"], 1, ["[request.not_found]"]),
        (lin, ["approve", number], 1, [f"There is nothing in {number} that you can approve now."]),
        (anke, ["complete", number], 1, ["that you can complete now. You can: approve decide, reject decide."]),
        (anke, ["approve", number, "decde"], 1, ["[request.step.unknown]"]),
        (anke, ["complete", number, "decide"], 1, ["[request.step.not_open]", "hint:"]),
        (lin, ["raise", "hr.nothing"], 1, ["[catalogue.unknown_type]"]),
        (lin, ["raise", "hr.leave"], 1, ["[form.invalid]", "  kind: This is required. [form.required]"]),
        (lin, ["raise", "hr.leave", "--field", "kind"], 2, ["--field takes name=value"]),
        (lin, ["inbox", "--kind", "chore"], 1, ["[query.invalid]", "task, approval, decision"]),
        (lin, ["inbox", "--limit", "many"], 2, ["--limit"]),
        (lin, ["comment", number, ""], 1, ["[comment.empty]"]),
        (lin, ["frobnicate"], 2, ["frobnicate"]),
        (lin, ["me", "--server", "ftp://x"], 2, ["must begin with http:// or https://"]),
        (lin, ["me", "--server", f"http://127.0.0.1:{free_port()}"], 3, ["cannot be reached"]),
        (lin, ["me", "--token", "bureau_" + "A" * 43], 1, ["[auth.invalid_token]", "hint:"]),
        (lin, ["me", "--token", "two\nlines"], 2, ["visible ASCII"]),
        (desk.anonymous(), ["me"], 2, ["No access token", "BUREAU_TOKEN"]),
    ]:
        result = run(person, *arguments)
        assert (result.returncode, result.stdout) == (code, ""), (arguments, result)
        assert all(word in result.stderr for word in words), (arguments, result.stderr)


def test_settings_come_from_a_file(desk, tmp_path):
    lin = desk.person("lin.zhao")
    (tmp_path / "bureau").mkdir()
    file = tmp_path / "bureau" / "config"
    file.write_text(f"# mine\nserver = {desk.url}/\ntoken = {lin.token}\n")
    without = {"BUREAU_SERVER": "", "BUREAU_TOKEN": "", "XDG_CONFIG_HOME": str(tmp_path)}
    assert "lin.zhao" in run(lin, "me", **without).stdout
    file.write_text("tokn = x\n")
    wrong = run(lin, "me", **without)
    assert wrong.returncode == 2 and f"{file}:1: unknown key `tokn`" in wrong.stderr
