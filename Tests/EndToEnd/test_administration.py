"""What administrators and auditors do: apply their files, import and erase people, read and export the audit."""

import json
import threading
from datetime import date, timedelta

import pytest

from desk import PEOPLE, Desk, config_with, eventually

LEAVE = {
    "kind": "vacation",
    "from": str(date.today() + timedelta(days=10)),
    "until": str(date.today() + timedelta(days=12)),
}
AUDITOR, IT, HR, NOBODY = "audrey.audit", "tobias.lindner", "amara.okafor", "lin.zhao"


def organisation(folder):
    """The organisation with auditors, and the file of its people."""
    config = config_with(folder)
    shared = config / "shared" / "organisation.yaml"
    shared.write_text(shared.read_text() + "auditors: [group:internal-audit]\n")
    groups = config / "shared" / "groups.yaml"
    groups.write_text(groups.read_text() + "internal-audit: {en: Internal audit, de: Innenrevision}\n")
    people = folder / "people.csv"
    people.write_text(
        PEOPLE.read_text().rstrip() + f"\n{AUDITOR},Audrey Audit,audrey@larkfield.example,,berlin,en,staff;internal-audit\n"
    )
    return config, people


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    folder = tmp_path_factory.mktemp("office")
    config, people = organisation(folder)
    with Desk(config=config).running(people) as desk:
        desk.people = people
        yield desk


def files(desk, part):
    return {
        str(path.relative_to(desk.config)): path.read_text()
        for path in (desk.config / part).rglob("*.yaml")
        if "tests" not in path.parts
    }


def version(person):
    answer = person.get("/configuration")
    assert answer.status == 200, answer
    return answer.body["version"]


def put(person, part, content, match):
    headers = {"If-Match": match if match == "*" else f'"{match}"'} if match else {}
    return person.send("PUT", f"/api/v1/configuration/{part}", body=content, headers=headers)


def test_only_auditors_read_the_audit_and_exporting_it_is_recorded(office, tmp_path):
    for handle in [NOBODY, IT, HR]:
        for path in ["/audit?log=administration", "/audit/export"]:
            answer = office.person(handle).get(path)
            assert (answer.status, answer.code) == (403, "access.not_allowed"), answer
    auditor = office.person(AUDITOR)
    page = auditor.get("/audit?log=administration&limit=2")
    assert page.status == 200 and len(page.body["items"]) == 2 and page.body["next"]
    rest = auditor.get(f"/audit?log=administration&limit=200&cursor={page.body['next']}").body["items"]
    assert {"people.imported", "configuration.applied"} <= {entry["kind"] for entry in rest + page.body["items"]}

    file = tmp_path / "audit.jsonl"
    auditor.command("audit", "export", "--output", str(file))
    exports = auditor.get("/audit?log=exports").body["items"]
    assert exports[0]["kind"] == "audit.exported" and exports[0]["person"]["handle"] == AUDITOR
    whole = auditor.command("audit", "verify", str(file)).stdout
    assert "administration/" in whole and "The export is whole." in whole
    lines = file.read_text().splitlines()
    entry = next(n for n, line in enumerate(lines) if "people.imported" in line)
    lines[entry] = lines[entry].replace("joined", "jo1ned")
    file.write_text("\n".join(lines) + "\n")
    refused = auditor.command("audit", "verify", str(file), check=False)
    assert refused.returncode == 1 and f"line {entry + 1}:" in refused.stderr, refused
    file.write_text("\n".join(file.read_text().splitlines()[:-1]) + "\n")
    assert auditor.command("audit", "verify", str(file), check=False).returncode == 1
    assert "people.imported" in auditor.command("audit", "list").stdout


def test_a_department_applies_its_own_files_and_nobody_elses(office):
    hr, it = office.person(HR), office.person(IT)
    own = files(office, "departments/hr")
    assert put(hr, "departments/it", files(office, "departments/it"), "*").code == "access.not_allowed"
    assert put(hr, "shared", files(office, "shared"), "*").code == "access.not_allowed"
    assert put(it, "departments/hr", own, "*").code == "access.not_allowed"
    assert put(office.person(NOBODY), "departments/hr", own, "*").code == "access.not_allowed"
    assert (put(hr, "departments/hr", own, None).status) == 428
    foreign = put(hr, "departments/hr", {**own, "shared/roles.yaml": ""}, "*")
    assert foreign.code == "configuration.foreign_file", foreign
    assert foreign.body["fields"][0]["field"] == "shared/roles.yaml"

    before = version(hr)
    assert put(hr, "departments/hr", own, before).body["changed"] == []
    number = office.person(NOBODY).raise_request("hr.leave", LEAVE).body["number"]
    changed = {**own, "departments/hr/teams.yaml": own["departments/hr/teams.yaml"] + "# anew\n"}
    applied = put(hr, "departments/hr", changed, before)
    assert applied.status == 200, applied
    assert applied.body["changed"] == ["departments/hr/teams.yaml"] and applied.body["before"] == before
    stale = put(hr, "departments/hr", own, before)
    assert (stale.status, stale.code) == (412, "configuration.changed"), stale
    assert stale.headers["ETag"] == f'"{applied.body["version"]}"'
    assert office.person(NOBODY).show(number).status == 200
    shown = hr.get("/configuration").body
    assert shown["own"] == ["departments/hr"] and shown["applications"][0]["person"]["handle"] == HR
    entry = office.person(AUDITOR).get("/audit?log=administration&kind=configuration.applied").body["items"][0]
    assert entry["details"] == {"after": applied.body["version"], "before": before, "bundle": "departments/hr"}
    # The command finds out what the folder is.
    assert "departments/hr/teams.yaml" in hr.command("apply", str(office.config / "departments" / "hr")).stdout
    assert HR in hr.command("configuration").stdout


def test_what_breaks_another_department_is_refused_with_its_place(office):
    it = office.person(IT)
    own = files(office, "departments/it")
    broken = {path: text for path, text in own.items() if not path.endswith("/account.yaml")}
    before = version(it)
    answer = put(it, "departments/it", broken, before)
    assert (answer.status, answer.code) == (422, "configuration.invalid"), answer
    places = [field["field"] for field in answer.body["fields"]]
    assert any(place.startswith("departments/hr/requests/onboarding.yaml:") for place in places), places
    assert version(it) == before


def test_of_two_who_apply_at_once_one_is_told_to_look_again(office):
    hr, it = office.person(HR), office.person(IT)
    before = version(hr)
    answers = {}

    def apply(person, part, file):
        content = files(office, part)
        content[file] += f"# {part} at once\n"
        answers[part] = put(person, part, content, before)

    threads = [
        threading.Thread(target=apply, args=(hr, "departments/hr", "departments/hr/teams.yaml")),
        threading.Thread(target=apply, args=(it, "shared", "shared/roles.yaml")),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.status for answer in answers.values()) == [200, 412], answers
    winner = next(answer for answer in answers.values() if answer.status == 200)
    assert version(hr) == winner.body["version"]


def test_administrators_import_people_and_erase_leavers(office, tmp_path):
    it = office.person(IT)
    csv = office.people.read_text()
    assert office.person(HR).send("PUT", "/api/v1/people", body={"csv": csv}).code == "access.not_allowed"
    broken = it.send("PUT", "/api/v1/people", body={"csv": csv + "x,,\n"})
    assert (broken.status, broken.code) == (422, "people.invalid") and broken.body["fields"], broken
    joined = it.send("PUT", "/api/v1/people", body={"csv": csv + "zoe.quick,Zoe Quick,zoe@larkfield.example,anke.reuter,berlin,en,staff\n"})
    assert joined.body == {"joined": 1, "changed": 0, "left": 0}, joined
    zoe = office.person("zoe.quick")
    number = zoe.raise_request("hr.leave", LEAVE).body["number"]
    assert it.post("/people/zoe.quick/erasure").code == "people.still_here"
    file = tmp_path / "people.csv"
    file.write_text(csv)
    assert "left: 1" in it.command("people", "import", str(file)).stdout
    refused = it.post("/people/zoe.quick/erasure")
    assert (refused.status, refused.code) == (409, "people.open_requests") and number not in json.dumps(refused.body)
    hr = office.person(HR)
    office.person("anke.reuter").step(number, "decide", "reject")
    eventually(lambda: hr.show(number).body["phase"] == "closed", what="the end")
    answer = it.post("/people/zoe.quick/erasure")
    assert answer.status == 200 and answer.body["requests"] >= 1, answer
    assert it.post("/people/zoe.quick/erasure").status == 404
    shown = json.dumps(hr.show(number).body)
    assert "Zoe" not in shown and answer.body["pseudonym"] in shown
    refused = office.administer("people", "erase", NOBODY, *office.options(), check=False)
    assert refused.returncode != 0 and "has not left" in refused.stderr, refused


def test_a_start_does_not_undo_what_owners_have_applied(office):
    it = office.person(IT)
    content = files(office, "shared")
    content["shared/roles.yaml"] += "# over HTTP\n"
    applied = put(it, "shared", content, version(it)).body["version"]
    office.stop()
    office.start()
    assert version(it) == applied
    # A folder that has changed is applied, whole.
    roles = office.config / "shared" / "roles.yaml"
    roles.write_text(roles.read_text() + "# in the folder\n")
    office.stop()
    office.start()
    shown = it.get("/configuration").body
    assert shown["version"] != applied and shown["applications"][0]["principal"] == "operator", shown
