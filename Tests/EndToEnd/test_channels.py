"""What is not theirs reaches nobody by any way there is: the ways are those of Schemas/openapi.yaml, so that a new one is tried too, and
one whose parameters nobody has thought of fails."""

import html
import itertools
import json
import re
import urllib.parse

import pytest
import yaml

from desk import ROOT, Desk
from stream import Stream

SHIPPED = ROOT / "Config"
API = yaml.safe_load((ROOT / "Schemas" / "openapi.yaml").read_text())
# Other tests go through these with a browser.
ELSEWHERE = {"beginProviderSignIn", "finishProviderSignIn"}
# An administrator who tries it shuts out somebody whom the others need.
ELSEWHERE.add("lockAccount")
# For an administrator of the platform it opens what the others look for; test_visibility.py tries it for everybody else.
ELSEWHERE.add("breakGlass")
# It does not end: a test below listens to it.
ELSEWHERE.add("openStream")
ABSENT = {"id": "0192f0c1-2345-7abc-8def-0123456789ab", "number": "HR-999999"}


def resolved(thing):
    while "$ref" in thing:
        at = API
        for part in thing["$ref"].split("/")[1:]:
            at = at[part]
        thing = at
    return thing


class Channel:
    """One operation of the API."""

    def __init__(self, path, method, operation):
        self.path, self.method, self.operation = path, method.upper(), operation
        self.name = operation["operationId"]
        self.parameters = [resolved(parameter) for parameter in operation.get("parameters", [])]
        self.is_of_a_request = path.startswith("/api/v1/requests/{id}")

    def body(self):
        if "requestBody" not in self.operation:
            return None
        content = self.operation["requestBody"]["content"].get("application/json")
        if content is None:
            return None
        examples = content.get("examples", {})
        return next((example["value"] for example in examples.values()), {})

    def paths(self, values):
        """The path with each query that it takes."""
        where = {parameter["name"] for parameter in self.parameters if parameter["in"] == "path"}
        path = self.path
        for name in where:
            assert name in values["path"], f"{self.name} has the parameter {name}: say in this test what to try with it"
            path = path.replace(f"{{{name}}}", values["path"][name])
        yield path
        for parameter in self.parameters:
            if parameter["in"] != "query":
                continue
            name = parameter["name"]
            assert name in values["query"], f"{self.name} has the query {name}: say in this test what to try with it"
            for value in values["query"][name]:
                yield f"{path}?{name}={value}"


CHANNELS = [
    Channel(path, method, operation)
    for path, item in API["paths"].items()
    for method, operation in item.items()
    if method in {"get", "post", "put", "delete"} and operation["operationId"] not in ELSEWHERE
]


class Secret:
    """A request of somebody, the words that only its readers know, and who they are not."""

    def __init__(self, desk, owner, type, form, words, strangers, step):
        self.desk, self.type, self.words, self.strangers, self.step = desk, type, words, strangers, step
        self.owner = desk.person(owner)
        raised = self.owner.raise_request(type, form)
        assert raised.status == 201, raised
        self.number, self.id = raised.body["number"], raised.body["id"]
        said = self.owner.post(f"/requests/{self.number}/comments", {"text": f"{words[0]} once more"})
        assert said.status == 200, said

    def values(self, target):
        department = self.type.split(".")[0]
        return {
            "path": {
                "id": target, "instance": self.step, "type": self.type, "deputy": self.owner.handle,
                "handle": self.owner.handle, "person": self.owner.handle, "department": department, "field": "happened", "part": "comment",
                "file": ABSENT["id"], "attachment": ABSENT["id"], "view": ABSENT["id"], "log": "reads",
            },
            "query": {
                "phase": ["open"], "type": [self.type], "department": [department], "mine": ["true", "false"],
                "kind": ["task"], "cursor": [], "limit": ["200"], "unread": ["true", "false"],
                "person": [self.owner.handle], "q": [self.words[0], self.number, self.type], "log": ["reads", "administration"],
                "from": ["2020-01-01"], "until": ["2100-01-01"], "to": ["2100-01-01"], "principal": ["operator"], "after": [], "day": [], "request": [target],
                "filename": [], "name": [], "format": [],
            },
        }

    def strangers_of(self, channel):
        nobody = self.desk.anonymous()
        if channel.path.startswith("/api/v1/anonymous"):
            return [nobody]  # who else it could be is not looked at
        return [*(self.desk.person(handle) for handle in self.strangers), nobody]


def found(words, text):
    return [word for word in words if re.search(rf"\b{re.escape(word)}\b", text)]


@pytest.fixture(scope="module")
def desk():
    with Desk(config=SHIPPED, settings=["--demo-sign-in", "yes", "--log-level", "debug"]).running(SHIPPED / "demo" / "people.csv") as desk:
        yield desk


# A platform administrator who leads IT, an auditor, an agent of HR, the top, an agent of IT, a colleague.
EVERYBODY_ELSE = ["tobias.lindner", "teresa.vidal", "jonas.brandt", "ingrid.solheim", "lukas.hartwig", "rafael.monteiro"]


@pytest.fixture(scope="module")
def secrets(desk):
    misconduct = {"kind": "fraud", "happened": "Zanzibar-7719 vanished", "involved": [], "evidence": [], "named": False}
    incident = {"subject": "Quagga-5531 is slow", "service": "network", "impact": "me", "urgent": False}
    leave = {"kind": "vacation", "from": "2027-08-16", "until": "2027-08-19"}
    made = {
        "a confidential report": Secret(
            desk, "lin.zhao", "hr.misconduct", misconduct, ["Zanzibar-7719"], EVERYBODY_ELSE, "acknowledge"),
        "a request to IT": Secret(
            desk, "lin.zhao", "it.incident", incident, ["Quagga-5531"], ["jonas.brandt", "teresa.vidal"], "solve"),
        "a leave": Secret(
            desk, "lin.zhao", "hr.leave", leave, ["2027-08-19"], ["tobias.lindner", "lukas.hartwig", "teresa.vidal"], "decide"),
    }
    # Only those who manage accounts, Tobias and Priya, see it, not the others of IT.
    confined = Secret(
        desk, "lin.zhao", "it.incident", {**incident, "subject": "Numbat-8812 reads my mail"}, ["Numbat-8812"],
        ["lukas.hartwig", "jonas.brandt", "teresa.vidal"], "solve")
    desk.person("priya.raman").await_work("solve", confined.number)
    desk.person("priya.raman").command("restrict", confined.number, "it-accounts", "--reason", "It concerns a colleague")
    made["a restricted request"] = confined
    # Nadia belongs to those who look into reports, and this one is about her.
    about = {**misconduct, "happened": "Dugong-3301 vanished", "keep_from": ["nadia.benali"]}
    made["a report about somebody of those who read them"] = Secret(
        desk, "lin.zhao", "hr.misconduct", about, ["Dugong-3301"], ["nadia.benali", "tobias.lindner"], "acknowledge")
    # What becomes of them reaches those whom it concerns before anybody looks.
    nadia = desk.person("nadia.benali")
    nadia.await_work("acknowledge", made["a confidential report"].number)
    return made


SECRETS = [
    "a confidential report", "a request to IT", "a leave", "a restricted request", "a report about somebody of those who read them",
]


@pytest.mark.parametrize("channel", CHANNELS, ids=[channel.name for channel in CHANNELS])
@pytest.mark.parametrize("name", SECRETS)
def test_no_channel_shows_what_is_not_theirs(secrets, name, channel):
    secret = secrets[name]
    for stranger in secret.strangers_of(channel):
        for target, unknown in [(secret.number, ABSENT["number"]), (secret.id, ABSENT["id"])]:
            asked = zip(channel.paths(secret.values(target)), channel.paths(secret.values(unknown)))
            for path, other in itertools.islice(asked, 40):
                answer = stranger.send(channel.method, path, channel.body())
                assert answer.status < 500, (stranger.handle, path, answer)
                words = list(secret.words)
                # An auditor learns which request was read, never what it says.
                if not channel.path.startswith("/api/v1/audit"):
                    words += [word for word in [secret.number, secret.id] if word not in path]
                text = answer.raw.decode(errors="replace") + str(answer.headers)
                assert found(words, text) == [], (stranger.handle, path, answer)
                if not channel.is_of_a_request:
                    continue
                # As if there were no such request.
                same = stranger.send(channel.method, other, channel.body())
                assert answer.status in (401, 403, 404, 422), (stranger.handle, path, answer)
                assert (answer.status, answer.raw) == (same.status, same.raw), (stranger.handle, path, answer, same)


class Site:
    """The portal as somebody without script goes through it."""

    def __init__(self, desk, handle):
        self.browser = desk.sign_in(handle)

    def open(self, path):
        return self.browser.send("GET", path, headers={"Accept": "text/html"})

    def send(self, path):
        form = urllib.parse.urlencode({"csrf": self.browser.session["csrf_token"], "text": "Hello", "reason": "Hello"})
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"}
        return self.browser.send("POST", path, raw=form.encode(), headers=headers)

    def walk(self, start="/", where=lambda path: True, most=250):
        """Every page that links lead to, and the addresses of the forms on them."""
        pages, forms, queue = {}, set(), [start]
        while queue and len(pages) < most:
            path = queue.pop(0)
            if path in pages:
                continue
            answer = self.open(path)
            assert answer.status < 500, (path, answer)
            pages[path] = answer.raw.decode(errors="replace")
            addresses = lambda pattern: [html.unescape(found) for found in re.findall(pattern, pages[path])]
            queue += [to.split("#")[0] for to in addresses(r'<a [^>]*href="(/[^"]*)"') if where(to)]
            forms |= {to for to in addresses(r'<form [^>]*action="(/[^"]*)"') if where(to)}
        return pages, forms


@pytest.mark.parametrize("name", SECRETS)
def test_no_page_shows_what_is_not_theirs(desk, secrets, name):
    """Strangers follow every link; then they try the pages and forms that somebody has who may see it."""
    secret = secrets[name]
    insider = Site(desk, secret.owner.handle)
    is_its = lambda path: re.search(rf"\b({secret.number}|{secret.id})\b", path) is not None
    pages, forms = insider.walk(f"/requests/{secret.number}", is_its)
    assert found(secret.words, pages[f"/requests/{secret.number}"]) != [] and forms
    for handle in secret.strangers:
        stranger = Site(desk, handle)
        walked, _ = stranger.walk()
        assert len(walked) > 10
        words = [*secret.words, secret.number, secret.id]
        # An auditor learns which request was read, never what it says.
        audited = lambda path: path.startswith(("/administration/audit", "/api/v1/audit"))
        for path, text in walked.items():
            assert found(secret.words if audited(path) else words, text) == [], (handle, path)
        for path, answer in [(path, stranger.open(path)) for path in pages] + [(path, stranger.send(path)) for path in sorted(forms)]:
            assert answer.status in (403, 404), (handle, path, answer)
            assert found([word for word in words if word not in path], answer.raw.decode(errors="replace")) == [], (handle, path)


def test_the_stream_of_others_does_not_even_tell_that_something_changed(secrets):
    for secret in secrets.values():
        for handle in secret.strangers:
            stranger = secret.desk.person(handle)
            stream = Stream(stranger)
            try:
                assert stream.next()["event"] == "ready"
                said = secret.owner.post(f"/requests/{secret.number}/comments", {"text": f"{secret.words[0]} again"})
                assert said.status == 200, said
                # What is theirs comes later, and is told.
                leave = {"kind": "vacation", "from": "2027-09-13", "until": "2027-09-14"}
                own = stranger.raise_request("hr.leave", leave)
                assert own.status == 201, own
                stream.until(own.body["number"])
                assert found([secret.number, secret.id, *secret.words], json.dumps(stream.seen)) == []
            finally:
                stream.close()


def test_those_whose_it_is_read_it(desk, secrets):
    """The words are found where they may be, so that the test above looks for the right ones."""
    report, incident = secrets["a confidential report"], secrets["a request to IT"]
    for reader, secret in [("lin.zhao", report), ("nadia.benali", report), ("lin.zhao", incident), ("lukas.hartwig", incident)]:
        person = desk.person(reader)
        for path in [f"/requests/{secret.number}", f"/requests/{secret.number}/timeline"]:
            assert secret.words[0] in person.get(path).raw.decode()
        assert secret.number in person.get("/requests?limit=200").raw.decode()
        assert secret.number in person.get(f"/requests/search?q={secret.words[0]}").raw.decode()


def test_an_agent_of_hr_sees_their_own_request_to_it_and_no_other(desk, secrets):
    jonas = desk.person("jonas.brandt")
    incident = {"subject": "My own", "service": "network", "impact": "me", "urgent": False}
    number = jonas.raise_request("it.incident", incident).body["number"]
    seen = [item["number"] for item in jonas.get("/requests?limit=200&department=it").body["items"]]
    assert seen == [number]
    pages, _ = Site(desk, "jonas.brandt").walk(where=lambda path: not path.startswith("/design"))
    commands = [jonas.command(*words).stdout for words in (["requests"], ["inbox"], ["search", "own"], ["notifications"])]
    said = [*pages.values(), *commands, *(jonas.get(path).raw.decode() for path in ["/inbox?limit=200", "/requests/search?q=slow", "/counts"])]
    assert {found for text in said for found in re.findall(r"\bIT-\d+", text)} == {number}


# What to give each command of `bureau` that asks the desk; `N` is the number of what is looked for, `S` its step, `W` a word of it.
COMMANDS = {
    "catalogue": [[]], "raise": [["hr.leave", "--field", "from=N"]], "requests": [[], ["--mine"], ["--phase", "open"]], "search": [["W"], ["N"]],
    "counts": [[]], "show": [["N"]], "timeline": [["N"]], "access": [["N"], ["N", "--person", "lin.zhao"]], "inbox": [[], ["--mine"]],
    "claim": [["N", "S"], ["N"]], "release": [["N", "S"]], "complete": [["N", "S"], ["N"]], "approve": [["N", "S"]], "reject": [["N", "S"]],
    "comment": [["N", "Hello"]], "cancel": [["N"]], "retry": [["N", "S"]], "give-up": [["N", "S", "--outcome", "done"]], "accept": [["N", "S"]],
    "hand-over": [["N", "S", "--to", "jonas.brandt"]], "tick": [["N", "S", "--item", "x"]], "add-voter": [["N", "S", "--voter", "jonas.brandt"]],
    "add-element": [["N", "S", "--element", "x"]], "add-step": [["N", "S", "--template", "x"]], "amend": [["N", "--field", "subject=x"]],
    "event": [["it.outage", "--request", "N"]], "rate": [["N", "3"]], "reopen": [["N"]], "restrict": [["N", "hr", "--reason", "x"]],
    "unrestrict": [["N", "--reason", "x"]], "me": [[]], "session": [[]], "token": [[]], "deputy": [[]], "confirm-invitation": [["lin.zhao"]],
    "notifications": [[], ["--unread"]], "preferences": [[]], "view": [[]], "dashboard": [["hr"], ["it"]],
    "download": [["N", ABSENT["id"], "/dev/null"]], "journal": [["N"]],
    "audit": [["list", "reads"], ["list", "administration"]], "configuration": [[]],
}
# These ask nobody, send what the caller has, or stand in ELSEWHERE; `people` and `apply` change what the others need.
WITHOUT_ANSWERS = {
    "check", "explain", "test", "simulate", "draw", "new", "upload", "break-glass", "people", "apply",
}


def test_every_command_is_tried(desk):
    listed = desk.person("lin.zhao").command("--help").stdout.split("SUBCOMMANDS:")[1]
    names = set(re.findall(r"^  ([a-z-]+)\s", listed, re.MULTILINE))
    assert names == COMMANDS.keys() | WITHOUT_ANSWERS, "say in this test what to try with it"


@pytest.mark.parametrize("name", SECRETS)
def test_no_command_shows_what_is_not_theirs(desk, secrets, name):
    secret = secrets[name]
    for handle in secret.strangers:
        person = desk.person(handle)
        for command, tries in COMMANDS.items():
            for arguments in tries:
                said = [{"N": secret.number, "S": secret.step, "W": secret.words[0]}.get(word, word) for word in arguments]
                said = [word.replace("=N", f"={secret.number}") for word in said]
                result = person.command(command, *said, check=False)
                assert result.returncode in (0, 1), (handle, command, said, result)
                # An auditor learns which request was read, never what it says.
                numbers = [] if command == "audit" else [secret.number, secret.id]
                words = [word for word in [*secret.words, *numbers] if not any(word in given for given in said)]
                assert found(words, result.stdout + result.stderr) == [], (handle, command, said, result)


def test_nothing_is_told_in_the_log(desk, secrets):
    log = desk.log.read_text()
    assert [word for secret in secrets.values() for word in secret.words if word in log] == []


def test_nobody_approves_their_own_request_by_a_page(desk):
    lin, anke = desk.person("lin.zhao"), desk.person("anke.reuter")
    number = lin.raise_request("hr.leave", {"kind": "vacation", "from": "2027-10-04", "until": "2027-10-05"}).body["number"]
    anke.await_work("decide", number)
    offers = lambda page: re.findall(rf"{number}/(?:steps|\d+)/decide\b[^\"]*", page.raw.decode())
    theirs, site = Site(desk, "anke.reuter"), Site(desk, "lin.zhao")
    item = offers(theirs.open("/inbox"))[0]
    for path in [f"/requests/{number}", "/inbox"]:
        assert offers(theirs.open(path)) != [] and offers(site.open(path)) == [], path
    # What somebody else's pages send is refused.
    for address, more in [
        (f"/requests/{number}/steps/decide/approve", {}), ("/inbox/chosen", {"do": "approve", "item": item}),
        ("/inbox/done", {"do": "approve", "item": item}),
    ]:
        form = {"csrf": site.browser.session["csrf_token"], "key": f"own-{len(address)}", "back": "/inbox", **more}
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html", "Sec-Fetch-Site": "same-origin"}
        answer = site.browser.send("POST", address, raw=urllib.parse.urlencode(form).encode(), headers=headers)
        assert answer.status in (200, 403, 404, 409), (address, answer)
    assert lin.show(number).body["phase"] == "open" and anke.work(number, "decide") != []


HIDDEN = {"kind": "other", "happened": "A quarrel at 21:47.", "about": "09:13", "involved": [], "evidence": []}


def test_hidden_answers_are_refused_by_every_way_of_raising(desk, tmp_path):
    """An answer to a question that was not asked: the time of a day that is not named."""
    lin = desk.person("lin.zhao")
    refused = [
        lin.raise_request("hr.misconduct", HIDDEN),
        desk.anonymous().post("/anonymous/requests", {"type": "hr.misconduct", "form": HIDDEN}),
    ]
    for answer in refused:
        assert (answer.status, answer.code) == (422, "form.invalid"), answer
        assert [(field["field"], field["code"]) for field in answer.body["fields"]] == [("about", "form.not_asked")]
    form = tmp_path / "form.json"
    form.write_text(json.dumps(HIDDEN))
    typed = lin.command("raise", "hr.misconduct", "--json-form", str(form), check=False)
    assert typed.returncode == 1 and "form.not_asked" in typed.stderr, typed


def test_the_portal_leaves_out_answers_to_questions_that_are_not_asked(desk):
    """Without script somebody answers, and then takes back what the question hung on: what they see sent is what is sent."""
    lin = desk.sign_in("lin.zhao")
    page = lin.send("GET", "/services/hr.misconduct", headers={"Accept": "text/html"}).raw.decode()
    given = dict(re.findall(r'<input type="hidden" name="(csrf|key|version)" value="([^"]*)"', page))
    shown = re.findall(r'name="shown" value="([^"]*)"', page)
    answers = {**given, "f.kind": "other", "f.happened": HIDDEN["happened"], "f.about": HIDDEN["about"], "do": "send"}
    body = urllib.parse.urlencode([*answers.items(), *(("shown", name) for name in [*shown, "f.about"])])
    sent = lin.send(
        "POST", "/services/hr.misconduct", raw=body.encode(),
        headers={"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html", "Sec-Fetch-Site": "same-origin"})
    assert sent.status in (200, 303, 422), sent
    person = desk.person("lin.zhao")
    for item in person.get("/requests?mine=true&type=hr.misconduct&limit=200").body["items"]:
        for path in ["", "/timeline", "/journal"]:
            assert HIDDEN["about"] not in person.get(f"/requests/{item['number']}{path}").raw.decode()


def test_a_report_without_a_name_is_hidden_as_well(desk, secrets):
    raised = desk.anonymous().post(
        "/anonymous/requests",
        {"type": "hr.misconduct", "form": {"kind": "fraud", "happened": "Okapi-2288", "involved": [], "evidence": []}})
    number, mine = raised.body["number"], desk.reporter(raised.body["receipt"])
    assert "Okapi-2288" in mine.get("/anonymous/request").raw.decode()
    desk.person("nadia.benali").await_work("acknowledge", number)
    for handle in EVERYBODY_ELSE:
        person = desk.person(handle)
        for path in ["/requests?limit=200", "/inbox?limit=200", f"/requests/{number}", "/notifications", f"/requests/{number}/timeline"]:
            text = person.get(path).raw.decode()
            assert found(["Okapi-2288", number], text) == [], (handle, path)
    # One report's receipt tells nothing of another.
    report = secrets["a confidential report"]
    for path in ["/anonymous/request", "/anonymous/request/timeline"]:
        assert found([report.number], mine.get(path).raw.decode()) == []
    assert json.loads(mine.get("/anonymous/request").raw)["number"] == number
