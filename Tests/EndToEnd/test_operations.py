"""What an operator does to a daemon, and what happens to it."""

import os
import signal
import subprocess
import time
from datetime import date, timedelta

import pytest

from desk import CONFIG, Desk, config_with, eventually, key

LEAVE = {
    "kind": "vacation",
    "from": str(date.today() + timedelta(days=10)),
    "until": str(date.today() + timedelta(days=12)),
}


def test_a_lost_database_is_a_503_and_recovers_by_itself(own_desk):
    """Sessions outlive their postmaster for a moment, so reads may go on while writes are refused already."""
    lin, same = own_desk.person("lin.zhao"), key()
    number = lin.raise_request("hr.leave", LEAVE).body["number"]
    os.kill(own_desk.postmaster(), signal.SIGKILL)

    def done(send, status):
        answer = send()
        if answer.status == 503:
            assert int(answer.headers["Retry-After"]) >= 1 and answer.code == "service.unavailable", answer
            return None
        assert answer.status == status, answer
        return answer

    raised = eventually(lambda: done(lambda: lin.raise_request("hr.leave", LEAVE, key=same), 201), 60, "a raised request")
    eventually(lambda: done(lambda: lin.show(number), 200), 60, "an answer")
    # Each connection of a pool finds out by itself.
    listed = eventually(lambda: done(lambda: lin.get("/requests?mine=true&limit=200"), 200), 60, "a list")
    mine = [row["number"] for row in listed.body["items"]]
    assert sorted(mine) == sorted([number, raised.body["number"]])

def test_the_daemon_stops_gracefully_and_takes_its_database_along(own_desk):
    postmaster = own_desk.postmaster()
    assert own_desk.stop() == 0
    assert not os.path.exists(f"/proc/{postmaster}")
    own_desk.start()
    assert own_desk.person("lin.zhao").get("/me").status == 200


def test_a_database_that_outlived_its_daemon_is_adopted(own_desk):
    postmaster = own_desk.postmaster()
    number = own_desk.person("lin.zhao").raise_request("hr.leave", LEAVE).body["number"]
    own_desk.kill()
    assert os.path.exists(f"/proc/{postmaster}")
    own_desk.start()
    assert own_desk.postmaster() == postmaster
    assert own_desk.person("lin.zhao").show(number).status == 200


@pytest.mark.parametrize("moment", [0.3, 0.5, 0.6, 0.7, 0.8])
def test_a_daemon_that_was_killed_while_it_made_its_cluster_starts_again(moment):
    desk = Desk()
    try:
        with open(desk.log, "ab") as log:
            desk.process = subprocess.Popen(desk.serve_arguments(), stdout=log, stderr=log)
        time.sleep(moment)
        desk.kill()
        desk.start()
        desk.import_people()
        assert desk.person("lin.zhao").raise_request("hr.leave", LEAVE).status == 201
    finally:
        desk.clear()


def test_a_second_daemon_on_the_same_directory_is_refused(own_desk):
    arguments = own_desk.serve_arguments()
    arguments[arguments.index("--port") + 1] = "0"
    second = subprocess.run(arguments, capture_output=True, text=True, timeout=60)
    assert second.returncode != 0
    assert str(own_desk.process.pid) in second.stderr, second.stderr
    assert own_desk.is_ready()


def test_a_broken_configuration_stops_the_start_with_all_diagnostics(tmp_path):
    config = config_with(tmp_path)
    leave = config / "departments" / "hr" / "requests" / "leave.yaml"
    text = leave.read_text()
    leave.write_text(text.replace("assign: team:hr\n", "assign: team:hrr\n").replace("need: any", "nead: any"))
    desk = Desk(config=config)
    try:
        start = subprocess.run(desk.serve_arguments(), capture_output=True, text=True, timeout=120)
        assert start.returncode == 1
        for part in ["leave.yaml:", "config.unknown_key", "team:hr"]:
            assert part in start.stderr + start.stdout, start.stderr
    finally:
        desk.clear()


def test_a_backup_restores_into_an_empty_directory(own_desk, tmp_path):
    lin = own_desk.person("lin.zhao")
    number = lin.raise_request("hr.leave", LEAVE).body["number"]
    file = own_desk.directory / "desk.backup"
    own_desk.administer("backup", str(file), *own_desk.options())
    assert file.stat().st_size > 0
    refused = own_desk.administer("restore", str(file), *own_desk.options(), check=False)
    assert refused.returncode != 0 and refused.stderr.strip(), "a restore over living data must be refused"

    other = Desk()
    try:
        other.administer("restore", str(file), *other.options())
        other.start()
        other.tokens = own_desk.tokens
        restored = other.person("lin.zhao").show(number)
        assert restored.status == 200 and restored.body["number"] == number
        assert other.person("lin.zhao").raise_request("hr.leave", LEAVE).status == 201
    finally:
        other.clear()


def test_a_revoked_token_is_refused(own_desk):
    own_desk.person("lin.zhao")
    lin = own_desk.person("lin.zhao")
    assert lin.get("/me").status == 200
    listing = own_desk.administer("token", "list", "lin.zhao", *own_desk.options()).stdout
    identifier = next(word for word in listing.split() if len(word) == 36 and word.count("-") == 4)
    own_desk.administer("token", "revoke", identifier, *own_desk.options())
    eventually(lambda: lin.get("/me").status == 401, 15, "the revocation")


def test_a_leaver_loses_access_and_a_joiner_gets_it(own_desk, tmp_path):
    lin = own_desk.person("lin.zhao")
    assert lin.get("/me").status == 200
    people = (CONFIG / "demo" / "people.csv").read_text().splitlines()
    changed = [line for line in people if not line.startswith("lin.zhao,")]
    changed.append("new.joiner,New Joiner,new.joiner@larkfield.example,anke.reuter,berlin,en,staff")
    file = tmp_path / "people.csv"
    file.write_text("\n".join(changed) + "\n")
    own_desk.import_people(file)
    eventually(lambda: lin.get("/me").status == 401, 15, "the leaver's refusal")
    assert own_desk.person("new.joiner").raise_request("hr.leave", LEAVE).status == 201
