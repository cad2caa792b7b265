"""A real daemon with a private PostgreSQL of its own, and people who talk to it over HTTP."""

import contextlib
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("BUREAU_BUILD", ROOT / ".build" / "debug"))
BUREAUD = BUILD / "bureaud"
BUREAU = BUILD / "bureau"
# An organisation of the tests' own, whose processes end without a moving clock: the shipped one may grow without them.
CONFIG = pathlib.Path(__file__).resolve().parent / "Organisation"
PEOPLE = CONFIG / "demo" / "people.csv"


def config_with(folder, **types):
    """The tests' organisation in that folder, with further request types of IT."""
    config = folder / "Config"
    shutil.copytree(CONFIG, config)
    for name, text in types.items():
        (config / "departments" / "it" / "requests" / f"{name}.yaml").write_text(text)
    return config


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def eventually(condition, seconds=20.0, what="condition"):
    """The condition's first true value; polls, because the work happens in another process."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        assert time.monotonic() < deadline, f"{what} did not come true within {seconds} s"
        time.sleep(0.05)


# The problems that daemons answered in this run, as (status, code) and ("entry", code); conftest.py looks them up in the
# description of the API.
PROBLEMS = set()


class Answer:
    """Status, headers and decoded body of one HTTP answer."""

    def __init__(self, status, headers, body):
        self.status, self.headers, self.raw = status, headers, body
        kind = headers.get("Content-Type", "")
        self.body = json.loads(body) if body and kind.endswith("json") else None
        if kind == "application/problem+json" and body:
            PROBLEMS.add((status, self.code))
            # What is wrong in files has the codes of `bureau check`, which are documented there.
            if self.code not in {"configuration.invalid", "people.invalid"}:
                PROBLEMS.update(("entry", field["code"]) for field in self.body.get("fields", []))

    def __repr__(self):
        return f"<{self.status} {self.raw[:600]!r}>"

    @property
    def code(self):
        return (self.body or {}).get("code")


class Unreachable(Exception):
    """The daemon did not answer; whether it acted is not known."""


class Person:
    """Somebody with a token."""

    def __init__(self, desk, handle, token):
        self.desk, self.handle, self.token = desk, handle, token

    def credentials(self):
        """The header fields that say who asks."""
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}

    def send(self, method, path, body=None, raw=None, headers=None, timeout=30):
        data = raw if raw is not None else (None if body is None else json.dumps(body).encode())
        request = urllib.request.Request(self.desk.url + path, data=data, method=method)
        for name, value in self.credentials().items():
            request.add_header(name, value)
        if data is not None:
            request.add_header("Content-Type", "application/json")
        for name, value in (headers or {}).items():
            request.add_header(name, value)
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.headers, error.read())
        except (OSError, ConnectionError) as error:
            raise Unreachable(str(error)) from error

    def get(self, path, **options):
        return self.send("GET", "/api/v1" + path, **options)

    def post(self, path, body=None, **options):
        return self.send("POST", "/api/v1" + path, body={} if body is None else body, **options)

    def raise_request(self, type, form, key=None, **more):
        headers = {"Idempotency-Key": key} if key else {}
        return self.post("/requests", {"type": type, "form": form, **more}, headers=headers)

    def inbox(self):
        answer = self.get("/inbox?limit=200")
        assert answer.status == 200, answer
        return answer.body["items"]

    def work(self, number=None, step=None):
        """The items of the inbox of one request or step."""
        return [
            item
            for item in self.inbox()
            if (number is None or item["request"]["number"] == number) and (step is None or item["instance"] == step)
        ]

    def await_work(self, step, number=None, seconds=20.0):
        return eventually(
            lambda: self.work(number=number, step=step), seconds, f"{step} in the inbox of {self.handle}"
        )[0]

    def step(self, reference, step, action, body=None, key=None, headers=None):
        headers = dict(headers or {})
        if key:
            headers["Idempotency-Key"] = key
        name = urllib.parse.quote(step, safe="")
        return self.post(f"/requests/{reference}/steps/{name}/{action}", body, headers=headers)

    def show(self, reference):
        return self.get(f"/requests/{reference}")

    def command(self, *arguments, check=True, input=None):
        """Runs the command-line client as this person."""
        environment = {**os.environ, "BUREAU_SERVER": self.desk.url, "BUREAU_TOKEN": self.token, "NO_COLOR": "1"}
        result = subprocess.run(
            [BUREAU, *arguments], capture_output=True, text=True, env=environment, input=input, timeout=60
        )
        if check:
            assert result.returncode == 0, f"{arguments}: {result.returncode}\n{result.stdout}\n{result.stderr}"
        return result


class Reporter(Person):
    """Somebody who shows a receipt and does not say who they are."""

    def __init__(self, desk, receipt):
        super().__init__(desk, "nobody", None)
        self.receipt = receipt

    def credentials(self):
        return {"Bureau-Receipt": self.receipt}


class Browser(Person):
    """Somebody with a session; sends what a page of the desk would."""

    def __init__(self, desk, handle, answer):
        super().__init__(desk, handle, None)
        self.cookie = answer.headers["Set-Cookie"].split(";")[0]
        self.session = answer.body

    def credentials(self):
        return {
            "Cookie": self.cookie, "X-CSRF-Token": self.session["csrf_token"], "Sec-Fetch-Site": "same-origin",
        }


class Desk:
    """The daemon's process on a data directory of its own."""

    def __init__(self, config=CONFIG, settings=()):
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="bureau-e2e-"))
        os.chmod(self.directory, 0o755)
        self.config = config
        self.settings = list(settings)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = None
        self.log = self.directory / "bureaud.log"
        self.tokens = {}
        # What the daemon's process has besides this one's.
        self.environment = {}

    @property
    def data(self):
        return self.directory / "data"

    def options(self):
        return ["--data-directory", str(self.data), *self.settings]

    def serve_arguments(self):
        return [
            BUREAUD, "serve", *self.options(), "--config-directory", str(self.config), "--port", str(self.port),
        ]

    def start(self):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                self.serve_arguments(), stdout=log, stderr=log, env={**os.environ, **self.environment})
        self.await_ready()
        return self

    def is_ready(self):
        try:
            with urllib.request.urlopen(self.url + "/readyz", timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False

    def await_ready(self, seconds=60.0):
        def ready():
            assert self.process.poll() is None, f"the daemon ended:\n{self.log.read_text()[-4000:]}"
            return self.is_ready()

        eventually(ready, seconds, "readiness")

    def kill(self):
        """As a power cut would: no chance to say good-bye."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            return self.process.wait(timeout=60)

    def administer(self, *arguments, check=True):
        result = subprocess.run([BUREAUD, *arguments], capture_output=True, text=True, timeout=120)
        if check:
            assert result.returncode == 0, f"{arguments}: {result.returncode}\n{result.stdout}\n{result.stderr}"
        return result

    def import_people(self, file=PEOPLE):
        return self.administer("people", "import", str(file), *self.options())

    def import_program(self, handle, file):
        """Adds a service account to the people; writes the file that says so."""
        header, *rows = PEOPLE.read_text().splitlines()
        file.write_text("\n".join([f"{header},kind", *(f"{row}," for row in rows), f"{handle},{handle},,,,,,service"]) + "\n")
        return self.import_people(file)

    def person(self, handle):
        if handle not in self.tokens:
            result = self.administer("token", "create", handle, *self.options())
            self.tokens[handle] = re.search(r"bureau_[A-Za-z0-9_-]+", result.stdout).group()
        return Person(self, handle, self.tokens[handle])

    def set_password(self, handle, password):
        """A browser in which somebody has just set a password with a code from an operator."""
        code = self.administer("account", "invite", handle, *self.options()).stdout.strip()
        answer = self.anonymous().post("/sign-in/invitation", {"code": code, "password": password, "label": "A test"})
        assert answer.status == 200, answer
        self.forget_token(handle)
        return Browser(self, handle, answer)

    def forget_token(self, handle):
        """Whoever has used a code has no token any more; `person` makes another one."""
        self.tokens.pop(handle, None)

    def sign_in(self, handle):
        """A browser in which somebody has signed in; the desk must offer that for demonstrations."""
        answer = self.anonymous().post("/sign-in/demo", {"handle": handle, "label": "A test"})
        assert answer.status == 200, answer
        return Browser(self, handle, answer)

    def anonymous(self):
        return Person(self, "nobody", None)

    def reporter(self, receipt):
        return Reporter(self, receipt)

    def postmaster(self):
        """The process identifier of the private PostgreSQL."""
        files = list(self.data.rglob("postmaster.pid"))
        return int(files[0].read_text().splitlines()[0]) if files else None

    @contextlib.contextmanager
    def running(self, people=PEOPLE):
        """Started, with these people; cleared away afterwards."""
        try:
            self.start()
            self.import_people(people)
            yield self
        finally:
            self.clear()

    def clear(self):
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.stop()
        if self.process and self.process.poll() is None:
            self.kill()
        with contextlib.suppress(OSError, ValueError, IndexError):
            pid = self.postmaster()
            if pid:
                os.kill(pid, signal.SIGINT)
        shutil.rmtree(self.directory, ignore_errors=True)


class MovableDesk(Desk):
    """A desk whose clock the test moves."""

    def __init__(self, config=CONFIG):
        super().__init__(config=config)
        self.environment = {"BUREAU_ALLOW_TEST_CLOCK": "yes"}
        self.clock = self.directory / "clock"
        self.ahead = 0
        self.clock.write_text("0\n")

    def serve_arguments(self):
        return [*super().serve_arguments(), "--test-clock", str(self.clock)]

    def advance(self, seconds):
        self.ahead += seconds
        new = self.clock.with_suffix(".new")
        new.write_text(f"{self.ahead}\n")
        os.replace(new, self.clock)

    def today(self):
        return time.time() + self.ahead


def key():
    return str(uuid.uuid4())
