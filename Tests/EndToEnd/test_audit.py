"""The audit and journals as files that anybody can verify, also after somebody was erased."""

from datetime import date, timedelta

from desk import PEOPLE, eventually

LEAVE = {
    "kind": "vacation",
    "from": str(date.today() + timedelta(days=10)),
    "until": str(date.today() + timedelta(days=12)),
}
NOBODY = "lin.zhao"


def export(desk, file):
    file.write_text(desk.administer("audit", "export", *desk.options()).stdout)
    return file


def verify(desk, file):
    return desk.person(NOBODY).command("audit", "verify", str(file), check=False)


def test_the_journal_of_a_request_can_be_verified_by_whoever_sees_it(desk, tmp_path):
    lin = desk.person(NOBODY)
    number = lin.raise_request("hr.leave", LEAVE).body["number"]
    file = tmp_path / "journal.jsonl"
    lin.command("journal", number, "--output", str(file))
    assert "The export is whole." in verify(desk, file).stdout
    assert lin.get(f"/requests/{number}/journal").headers["Content-Type"] == "application/jsonl"
    for reference in [number, "HR-99999999"]:
        answer = desk.person("clara.weiss").get(f"/requests/{reference}/journal")
        assert (answer.status, answer.code) == (404, "request.not_found"), answer
    recorded = f'"number":"{number}"'
    audit = tmp_path / "audit.jsonl"
    assert recorded not in export(desk, audit).read_text().replace("\\", "")
    desk.person("amara.okafor").command("journal", number, "--output", str(tmp_path / "hers.jsonl"))
    assert recorded in export(desk, audit).read_text().replace("\\", "")


def test_an_altered_or_shortened_export_is_found_with_its_line(desk, tmp_path):
    file = export(desk, tmp_path / "audit.jsonl")
    whole = verify(desk, file)
    assert whole.returncode == 0 and "administration/" in whole.stdout, whole
    lines = file.read_text().splitlines()
    entry = next(n for n, line in enumerate(lines) if "people.imported" in line)
    altered = [*lines[:entry], lines[entry].replace("joined", "jo1ned"), *lines[entry + 1 :]]
    for content, fault in [(altered, f"line {entry + 1}:"), (lines[:-1], f"line {len(lines) - 1}:")]:
        file.write_text("\n".join(content) + "\n")
        refused = verify(desk, file)
        assert refused.returncode == 1 and fault in refused.stderr, refused


def test_a_leaver_is_erased_and_every_chain_stays_whole(desk, tmp_path):
    file = tmp_path / "people.csv"
    file.write_text(PEOPLE.read_text().rstrip() + "\nzoe.quick,Zoe Quick,zoe@larkfield.example,anke.reuter,berlin,en,staff\n")
    desk.import_people(file)
    number = desk.person("zoe.quick").raise_request("hr.leave", LEAVE).body["number"]
    erase = lambda check=False: desk.administer("people", "erase", "zoe.quick", *desk.options(), check=check)
    assert "has not left" in erase().stderr
    desk.import_people()
    refused = erase()
    assert refused.returncode == 1 and "requests that are open: 1 of hr" in refused.stderr, refused
    assert number not in refused.stderr
    assert desk.person("anke.reuter").step(number, "decide", "reject", {"comment": "Zoe, no."}).status == 200
    hr = desk.person("amara.okafor")
    eventually(lambda: hr.show(number).body["phase"] == "closed", what="the end")
    assert "Erased zoe.quick" in erase(check=True).stdout
    assert "nobody" in erase().stderr

    # The daemon hears of it when it looks at the directory again.
    shown = eventually(lambda: found if b"Zoe" not in (found := hr.show(number)).raw else None, what="the pseudonym")
    assert shown.status == 200 and b"zoe.quick" not in shown.raw and b"erased-" in shown.raw, shown
    last = hr.get(f"/requests/{number}/timeline?limit=200").body["items"][-1]
    assert (last["kind"], last["text"]) == ("erased", "What a person had entered was deleted.")
    journal = tmp_path / "journal.jsonl"
    hr.command("journal", number, "--output", str(journal))
    for exported in [journal, export(desk, tmp_path / "audit.jsonl")]:
        found = verify(desk, exported)
        assert found.returncode == 0 and "were erased" in found.stdout, found
        assert "Zoe" not in exported.read_text() and "zoe.quick" not in exported.read_text()
