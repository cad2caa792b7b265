"""Schemas/openapi.yaml against the real daemon: what is generated from it is answered as it says, and never with a 5xx."""

from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest
import schemathesis
import yaml
from hypothesis import HealthCheck, Phase, settings
from openapi_spec_validator import validate
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import (
    ensure_resource_availability,
    ignored_auth,
    positive_data_acceptance,
    use_after_free,
)

from desk import PEOPLE, ROOT, Desk, eventually
from playground import playground
from walk import FORM, MANAGER, child_number, steps

FILE = ROOT / "Schemas" / "openapi.yaml"
LEAVE = {
    "kind": "vacation",
    "from": str(date.today() + timedelta(days=10)),
    "until": str(date.today() + timedelta(days=12)),
}
# Who signs in with a password; does nothing else here.
ACCOUNT = "mei.tanaka"
PROGRAM = "nightly.sync"
INCIDENT = {"subject": "No network", "service": "network", "impact": "me", "urgent": False}
AUDITOR, ADMINISTRATOR = "farid.rahimi", "tobias.lindner"
SCRATCH = {"departments/scratch/department.yaml": "title: Scratch\nprefix: SCR\nagents: [team:scratch]\n",
           "departments/scratch/teams.yaml": "scratch: {title: Scratch, members: [group:it-staff]}\n"}
SOLVED = {"form": {"cause": "fault", "solution": "A new cable."}}

# What a form or an outcome takes is the configuration's business, so an acceptable body by the description may be refused
# with 422; the other two assume that a created thing has an operation that deletes it. Tokens are tested by other means.
EXCLUDED = [positive_data_acceptance, ensure_resource_availability, use_after_free, ignored_auth]


def load(mode):
    schema = schemathesis.openapi.from_path(FILE)
    # The tests say who asks.
    schema.config.generation.update(modes=[mode], with_security_parameters=False)
    return schema


def bounded(examples):
    return settings(
        max_examples=examples, deadline=None, derandomize=True, database=None, phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


# A stream does not end: test_stream.py listens to it.
described = load(GenerationMode.POSITIVE).exclude(path="/api/v1/stream")
contradicted = load(GenerationMode.NEGATIVE).exclude(
    path=[
        # They take nothing, or any text, that could be wrong.
        "/healthz", "/readyz", "/api/v1/me", "/api/v1/session", "/api/v1/sessions", "/api/v1/sessions/{id}",
        "/api/v1/tokens/{id}", "/api/v1/stream", "/api/v1/catalogue", "/api/v1/configuration", "/api/v1/counts",
        "/api/v1/anonymous/catalogue",
        # A code too long for the description is too long for a line of HTTP, which is refused before anybody sees the path;
        # what else can be wrong there is in test_openid.py.
        "/api/v1/sign-in/oidc/callback",
    ]
).exclude(
    path=[
        "/api/v1/tokens", "/api/v1/anonymous/request", "/api/v1/me/preferences", "/api/v1/me/views", "/api/v1/me/drafts",
        "/api/v1/me/deputies",
    ],
    method="GET",
)


# Browsers go through these together with a provider; test_openid.py takes them there.
ELSEWHERE = {"beginProviderSignIn", "finishProviderSignIn"}


class Targets:
    """Requests and steps that an operation can be carried out on, and who may do it."""

    def __init__(self, desk):
        self.desk = desk
        self.lin, self.anke, self.lukas = (desk.person(name) for name in ["lin.zhao", MANAGER, "lukas.hartwig"])
        self.nadia = desk.person("nadia.benali")
        self.answers = defaultdict(Counter)
        self.turn = Counter()
        self.reporters = {}
        self.priya = desk.person("priya.raman")
        self.password = "a sentence that only mei writes"
        desk.set_password(ACCOUNT, self.password)

    def incident(self):
        return self.lin.raise_request("it.incident", INCIDENT).body["number"]

    def leave(self):
        return self.lin.raise_request("hr.leave", LEAVE).body["number"]

    def everything(self, **more):
        return self.lin.raise_request("it.everything", {"what": "A thing", "parts": ["one"], **more}).body["number"]

    def upload(self, who=None, path="/api/v1/attachments"):
        headers = {"Content-Disposition": 'attachment; filename="a.pdf"', "Content-Type": "application/pdf"}
        return (who or self.lin).send("POST", path, raw=b"%PDF-1.7", headers=headers).body["id"]

    def ended(self):
        return self.lin.raise_request("it.quick", {"what": "A thing"}).body["number"]

    def not_undone(self):
        """A cancelled request whose undo was refused, so that IT is asked."""
        number = self.lin.raise_request("it.undone", {"what": "A thing"}).body["number"]
        # Asked of the request: the inbox is longer than a page by now.
        eventually(lambda: steps(self.lin.show(number))["look"]["status"] == "open", what="the work")
        assert self.lin.post(f"/requests/{number}/cancellation").status == 200
        undo = lambda: steps(self.lin.show(number)).get("part!undo", {}).get("status")
        eventually(lambda: undo() == "asking", what="the question")
        return number

    def reporter(self, operation, type):
        """Somebody with the receipt of a request; one for each operation, because everybody together may raise only so many a minute."""
        if operation not in self.reporters:
            answer = self.desk.anonymous().post("/anonymous/requests", {"type": type, "form": {"what": "A thing"}})
            assert answer.status == 201, answer
            self.reporters[operation] = self.desk.reporter(answer.body["receipt"])
        return self.reporters[operation]

    def claimed(self):
        number = self.incident()
        assert self.lukas.step(number, "solve", "claim").status == 200
        return number

    def asking(self, operation):
        """An onboarding whose desk was cancelled, so that HR is asked; costly, so only a few, the rest is answered 409."""
        if self.turn[operation] > 3:
            return self.number
        manager, nadia = self.desk.person(MANAGER), self.desk.person("nadia.benali")
        self.number = manager.raise_request("hr.onboarding", FORM).body["number"]
        assert nadia.step(self.number, "decide", "approve").status == 200
        child = eventually(lambda: child_number(manager, self.number, "desk"), what="the desk")
        assert self.desk.person("kwame.boateng").post(f"/requests/{child}/cancellation").status == 200
        self.desk.person("jonas.brandt").await_work("desk", self.number)
        return self.number

    def files(self, part):
        folder = self.desk.config
        return {str(path.relative_to(folder)): path.read_text() for path in (folder / part).rglob("*.yaml")}

    def leaver(self, administrator):
        line = "quick.leaver,Quick Leaver,quick@larkfield.example,,berlin,en,staff\n"
        for csv in [PEOPLE.read_text() + line, PEOPLE.read_text()]:
            assert administrator.send("PUT", "/api/v1/people", body={"csv": csv}).status == 200
        return "quick.leaver"

    def aim(self, case):
        """Points a generated case at something real; gives who sends it."""
        operation = case.operation.definition.raw["operationId"]
        self.turn[operation] += 1
        is_whole = self.turn[operation] % 2 == 1  # every other case brings what the configuration wants, too
        where, who = {}, self.lin
        (case.headers or {}).pop("X-CSRF-Token", None)
        match operation:
            case "signInForDemonstration":
                who = self.desk.anonymous()
            case "showSession" | "signOut":
                who = self.desk.sign_in("lin.zhao")
            case "signIn" | "redeemInvitation":
                who = self.desk.anonymous()
            case "changePassword":
                who = self.desk.person(ACCOUNT)
            case "showAccount" | "inviteToAccount":
                where, who = {"handle": ACCOUNT}, self.priya
            case "confirmInvitation":
                where, who = {"handle": "jonas.brandt"}, self.nadia
                assert self.priya.post("/accounts/jonas.brandt/invitation").status == 201
            case "listAccountSessions" | "listAccountTokens":
                where, who = {"handle": ACCOUNT}, self.priya
            case "endAccountSession":
                session = self.desk.sign_in("omar.haddad").session["id"]
                where, who = {"handle": "omar.haddad", "id": session}, self.priya
            case "createAccountToken":
                where, who = {"handle": PROGRAM}, self.priya
            case "revokeAccountToken":
                body = {"label": "x", "scopes": ["work"], "days": 1}
                made = self.priya.post(f"/accounts/{PROGRAM}/tokens", body).body["id"]
                where, who = {"handle": PROGRAM, "id": made}, self.priya
            case "lockAccount" | "unlockAccount":
                where, who = {"handle": "omar.haddad"}, self.priya
            case "revokeToken":
                where = {"id": self.lin.post("/tokens", {"label": "x", "scopes": ["work"], "days": 1}).body["id"]}
            case "endSession":
                where = {"id": self.desk.sign_in("lin.zhao").session["id"]}
            case "listAnonymousCatalogue" | "showAnonymousCatalogueEntry" | "raiseAnonymously":
                where, who = {"type": "it.whisper"}, self.desk.anonymous()
            case (
                "showAnonymousRequest" | "showAnonymousTimeline" | "commentAnonymously" | "cancelAnonymously"
                | "amendAnonymously" | "uploadAnonymously"
            ):
                who = self.reporter(operation, "it.whisper")
            case "downloadAnonymously":
                who = self.reporter(operation, "it.whisper")
                file = self.upload(who, "/api/v1/anonymous/request/attachments")
                said = who.post("/anonymous/request/comments", {"text": "Here.", "attachments": [file]})
                assert said.status == 200, said
                where = {"attachment": file}
            case "rateAnonymously":
                who = self.reporter(operation, "it.praise")
            case "completeAnonymously" | "tickAnonymously":
                where, who = {"instance": "tell"}, self.reporter(operation, "it.whisper")
                if operation == "completeAnonymously" and self.turn[operation] == 1:
                    ticked = who.post("/anonymous/request/steps/tell/tick", {"item": "looked"})
                    assert ticked.status == 200, ticked
            case "showRequest" | "showTimeline" | "showJournal" | "showAccess" | "comment" | "cancelRequest":
                where = {"id": self.leave()}
            case "downloadAttachment":
                file = self.upload()
                where = {"id": self.everything(proof=file), "attachment": file}
            case "showCatalogueEntry":
                where = {"type": "hr.leave"}
            case "claimStep":
                where, who = {"id": self.incident(), "instance": "solve"}, self.lukas
            case "releaseStep" | "completeStep":
                where, who = {"id": self.claimed(), "instance": "solve"}, self.lukas
            case "approveStep" | "rejectStep":
                where, who = {"id": self.leave(), "instance": "decide"}, self.anke
            case "retryStep" | "giveUpStep":
                where, who = {"id": self.asking(operation), "instance": "desk"}, self.desk.person("jonas.brandt")
            case "amendRequest":
                where = {"id": self.everything()}
            case "tellRequest":
                where, who = {"id": self.everything()}, self.lukas
            case "tellWhoeverWaits":
                who = self.lukas
            case "withdrawDeputy":
                body = {"deputy": "priya.raman"}
                where = {"deputy": self.lin.post("/me/deputies", body).body["id"]}
            case "forgetView" | "renameView":
                where, who = {"view": self.priya.post("/me/views", {"list": "inbox", "name": "x"}).body["id"]}, self.priya
            case "showDraft" | "keepDraft" | "forgetDraft":
                where = {"type": "hr.leave"}
                assert self.lin.send("PUT", "/api/v1/me/drafts/hr.leave", body={"form": {"kind": "vacation"}}).status == 200
            case "showRequestDraft" | "keepRequestDraft" | "forgetRequestDraft":
                where = {"id": self.leave(), "part": "comment"}
                path = f"/api/v1/requests/{where['id']}/drafts/comment"
                assert self.lin.send("PUT", path, body={"form": {"comment": "When"}}).status == 200
            case "showDashboard":
                where, who = {"department": "hr"}, self.nadia
            case "listDepartmentDeputies":
                where, who = {"department": "hr"}, self.nadia
            case "appointDepartmentDeputy":
                where, who = {"department": "hr"}, self.nadia
            case "withdrawDepartmentDeputy":
                who = self.nadia
                body = {"person": "amara.okafor", "deputy": "jonas.brandt"}
                where = {"department": "hr", "deputy": who.post("/departments/hr/deputies", body).body["id"]}
            case "restrictRequest":
                where, who = {"id": self.leave()}, self.nadia
            case "endRestriction":
                where, who = {"id": self.leave()}, self.nadia
                body = {"team": "hr", "reason": "x"}
                assert who.post(f"/requests/{where['id']}/restriction", body).status == 204
            case "breakGlass" | "endBreakGlass":
                where, who = {"id": self.leave()}, self.desk.person(ADMINISTRATOR)
                if operation == "endBreakGlass":
                    assert who.post(f"/requests/{where['id']}/break-glass", {"reason": "x"}).status == 201
            case "rateRequest" | "reopenRequest":
                where = {"id": self.ended()}
            case "acceptStep":
                where, who = {"id": self.not_undone(), "instance": "part!undo"}, self.lukas
            case "handOverStep" | "tickStep":
                where, who = {"id": self.everything(), "instance": "look"}, self.lukas
            case "addVoter":
                where, who = {"id": self.everything(), "instance": "agree"}, self.lukas
            case "addElement":
                where, who = {"id": self.everything(), "instance": "part"}, self.lukas
            case "addStep":
                where, who = {"id": self.everything(), "instance": "extras"}, self.lukas
            case "listAudit" | "exportAudit":
                who = self.desk.person(AUDITOR)
            case "showConfiguration" | "applyShared" | "importPeople":
                who = self.desk.person(ADMINISTRATOR)
            case "applyDepartment":
                where, who = {"department": "scratch"}, self.desk.person(ADMINISTRATOR)
            case "erasePerson":
                who = self.desk.person(ADMINISTRATOR)
                if self.turn[operation] == 1:
                    where = {"handle": self.leaver(who)}
        for name, value in where.items():
            if f"{{{name}}}" in case.operation.path:
                case.path_parameters[name] = value
        if is_whole:
            # Versions and cursors are not to be guessed.
            for name in ["If-Match", "If-None-Match"]:
                (case.headers or {}).pop(name, None)
            (case.query or {}).pop("cursor", None)
            (case.query or {}).pop("person", None)
            bodies = {
                "raiseAnonymously": {"type": "it.whisper", "form": {"what": "A thing"}},
                "commentAnonymously": {"text": "Hello"}, "amendAnonymously": {"form": {"what": "Another thing"}},
                "rateAnonymously": {"score": 4}, "completeAnonymously": {"form": {"more": "Much"}},
                "tickAnonymously": {"item": "looked", "done": True}, "cancelAnonymously": {"reason": "Over"},
                "createAccountToken": {"label": "A script", "scopes": ["requests:read"], "days": 1},
                "signIn": {"handle": ACCOUNT, "password": self.password},
                "changePassword": {"old_password": self.password, "new_password": self.password + "!"},
                "createToken": {"label": "A script", "scopes": ["requests:read"], "days": 1},
                "signInForDemonstration": {"handle": "lin.zhao"}, "raiseRequest": {"type": "hr.leave", "form": LEAVE}, "completeStep": SOLVED,
                "giveUpStep": {"outcome": "rejected"}, "comment": {"text": "Hello"},
                "amendRequest": {"form": {"what": "Another thing"}}, "reopenRequest": {"form": {}},
                "tellRequest": {"event": "parcel_arrived", "key": "A thing"}, "rateRequest": {"score": 4},
                "tellWhoeverWaits": {"event": "parcel_arrived", "key": "A thing"},
                "handOverStep": {"to": "priya.raman"}, "tickStep": {"item": "looked"},
                "addVoter": {"voter": "mei.tanaka"},
                "restrictRequest": {"team": "hr", "reason": "A suspicion"}, "endRestriction": {"reason": "It is over"},
                "appointDepartmentDeputy": {"person": "nadia.benali", "deputy": "sofia.carvalho"},
                "keepPreferences": {"time_zone": "Europe/Lisbon", "off": ["commented"]},
                "saveView": {"list": "inbox", "name": "To approve", "filters": {"kind": "approval"}},
                "appointDeputy": {"deputy": "priya.raman"}, "readNotifications": {}, "addElement": {"element": "two"}, "addStep": {"step": "errand"},
                "applyShared": self.files("shared"), "applyDepartment": SCRATCH, "importPeople": {"csv": PEOPLE.read_text()},
            }
            if operation.startswith("apply"):
                case.headers["If-Match"] = "*"
            if operation == "redeemInvitation":
                code = self.desk.administer("account", "invite", ACCOUNT, *self.desk.options()).stdout.strip()
                case.body = {"code": code, "password": self.password}
                self.desk.forget_token(ACCOUNT)
            if operation in bodies:
                case.body = bodies[operation]
        return operation, who


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """With request types of its own, in which everything can be done."""
    folder = tmp_path_factory.mktemp("playground")
    desk = Desk(config=playground(folder), settings=["--demo-sign-in", "yes"])
    try:
        desk.start()
        desk.import_program(PROGRAM, folder.parent / "people.csv")
        yield desk
    finally:
        desk.clear()


@pytest.fixture(scope="module")
def targets(desk):
    return Targets(desk)


def test_the_description_is_openapi():
    validate(yaml.safe_load(FILE.read_text()))


@described.parametrize()
@bounded(12)
def test_what_the_description_allows_is_answered_as_it_says(case, targets):
    operation, who = targets.aim(case)
    answer = case.call_and_validate(
        base_url=targets.desk.url, headers=who.credentials(), excluded_checks=EXCLUDED
    )
    targets.answers[operation][answer.status_code] += 1


@contradicted.parametrize()
@bounded(20)
def test_what_the_description_forbids_is_refused_as_it_says(case, desk):
    token = desk.person("lin.zhao").token
    case.call_and_validate(
        base_url=desk.url, headers={"Authorization": f"Bearer {token}"}, excluded_checks=EXCLUDED, timeout=30
    )


def test_every_operation_was_carried_out(targets):
    """The cases above reached the work itself, not only its refusals."""
    operations = {result.ok().definition.raw["operationId"] for result in described.get_all_operations()}
    assert set(targets.answers) == operations
    idle = {name for name, seen in targets.answers.items() if not any(status < 300 for status in seen)}
    assert idle - ELSEWHERE == set()
