#!/usr/bin/env python3
"""What people read, behind all rules and bare.

A daemon with its private PostgreSQL; requests of three types are raised and copied until there are many, one in ten still open. Then
pgbench, one client, sends the very statements that the daemon sends for somebody who works in IT (taken from the server's log), as the
daemon does: as bureau_read, in a transaction that knows who asks. The same statements bare, as the owner, whom no rule holds back. The
two alternate; medians are printed as a table for the README.

    swift build && Tests/Benchmarks/read_requests.py [--requests 100000] [--rounds 5] [--seconds 2] [--only NAME ...]
"""

import argparse
import os
import pathlib
import re
import shutil
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests" / "EndToEnd"))
from desk import Desk  # noqa: E402
from measuring import Server, logged_statements, medians, server_seconds  # noqa: E402

READER = "lukas.hartwig"
RAISERS = ["lin.zhao", "omar.haddad", "mei.tanaka"]
REQUESTS = [
    ("it.incident", {"subject": "The quagga is slow", "service": "network", "impact": "me", "urgent": False}),
    ("hr.leave", {"kind": "vacation", "from": "2099-07-06", "until": "2099-07-17"}),
    ("hr.misconduct", {"kind": "fraud", "happened": "An okapi vanished", "involved": [], "evidence": [], "named": False}),
]
TRANSACTION = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"

# Each real request again and again, for everybody in turn, older than the real ones; one word in a hundred is a copy's own.
# In one transaction: the daemon writes the words of requests that it finds without.
COPY = """
BEGIN;
CREATE SCHEMA benchmark AUTHORIZATION bureau_owner;
CREATE TABLE benchmark.copy AS
    WITH origin AS (SELECT id, requester, row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS total FROM bureau.request),
        person AS (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS total FROM bureau.person)
    SELECT n, ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid AS id, o.id AS origin, o.requester AS raiser,
        p.id AS requester, n / o.total % 10 = 0 AS is_open
    FROM generate_series(1, {requests}) AS n
    JOIN origin o ON o.place = n % o.total JOIN person p ON p.place = n / 10 % p.total;
INSERT INTO bureau.request (id, number, type, department, configuration, requester, beneficiary, phase, outcome, version, state,
    last_hash, raised_at, changed_at, is_confidential)
SELECT c.id, 'COPY-' || n, type, department, configuration, c.requester, c.requester, CASE WHEN is_open THEN phase ELSE 'closed' END,
    CASE WHEN is_open THEN NULL ELSE 'done' END, version, state, last_hash, raised_at, changed_at, is_confidential
FROM benchmark.copy c JOIN bureau.request r ON r.id = c.origin;
INSERT INTO bureau.event (request_id, sequence, at, kind, format, configuration, principal, data, hash)
SELECT c.id, sequence, at, kind, format, configuration, principal, data, hash
FROM benchmark.copy c JOIN bureau.event e ON e.request_id = c.origin;
INSERT INTO bureau.protected_content (request_id, sequence, readers, content)
SELECT c.id, sequence, readers, content FROM benchmark.copy c JOIN bureau.protected_content p ON p.request_id = c.origin;
INSERT INTO bureau.request_viewer (party, request_id)
SELECT replace(party, raiser::text, requester::text), c.id
FROM benchmark.copy c JOIN bureau.request_viewer v ON v.request_id = c.origin
ON CONFLICT DO NOTHING;
INSERT INTO bureau.work_item (request_id, instance, kind, assignee, since, due)
SELECT c.id, instance, kind, assignee, since, due + n * interval '1 second'
FROM benchmark.copy c JOIN bureau.work_item i ON i.request_id = c.origin WHERE is_open;
INSERT INTO bureau.work_offer (request_id, instance, party, since, due)
SELECT c.id, instance, party, since, due + n * interval '1 second'
FROM benchmark.copy c JOIN bureau.work_offer o ON o.request_id = c.origin WHERE is_open;
INSERT INTO bureau.request_text (request_id, words, comments)
SELECT c.id, words || array_to_tsvector(ARRAY['copy-' || n, 'thing' || n / 10 % 100]), comments
FROM benchmark.copy c JOIN bureau.request_text t ON t.request_id = c.origin;
COMMIT;
"""

# A search asks about each request that it finds; bare, the same function asks nothing.
BARE_SEARCH = """
DO $$ BEGIN
    EXECUTE replace(replace(pg_get_functiondef('bureau.search'::regproc), 'bureau.search(', 'benchmark.search('), 'SECURITY DEFINER', '');
END $$;
ALTER FUNCTION benchmark.search OWNER TO bureau_owner;
"""


class Read:
    """What one call of the API reads, as the statements of one transaction."""

    def __init__(self, name, path, mark):
        self.name, self.path, self.mark = name, path, mark

    def learn(self, log):
        """Finds the transaction with the mark among those of the log."""
        groups, last = [], {}
        for entry in logged_statements(log):
            if "set_config('bureau.viewer'" in entry["sql"]:
                groups.append([])
                last[entry["process"]] = groups[-1]
            if entry["sql"].startswith(("BEGIN", "COMMIT")):
                last.pop(entry["process"], None)
            if entry["process"] in last:
                last[entry["process"]].append((entry["sql"], entry["parameters"]))
        found = [group for group in groups if any(self.mark in sql for sql, _ in group[1:])]
        assert found, f"{self.name}: {self.path} sends nothing with {self.mark}"
        self.enter, *self.statements = found[0]
        self.is_snapshot = len(self.statements) > 1

    def script(self, is_bare):
        statements = self.statements if is_bare else [self.enter, *self.statements]
        planning = "force_generic_plan"
        setup = [f"SET ROLE {'bureau_owner' if is_bare else 'bureau_read'}", f"SET plan_cache_mode = {planning}"]
        body = []
        for number, (sql, parameters) in enumerate(statements):
            if is_bare:
                sql = sql.replace("bureau.search(", "benchmark.search(")
            setup.append(f"PREPARE s{number} AS {' '.join(sql.split())}")
            values = ", ".join(parameters[str(place)] for place in range(1, len(parameters) + 1))
            body.append(f"EXECUTE s{number}" + (f" ({values})" if values else ""))
        if self.is_snapshot:
            body = [TRANSACTION, *body, "COMMIT"]
        # Statements of one message are one transaction.
        return "\\if :fresh\n" + "".join(f"{line};\n" for line in setup) + "\\set fresh 0\n\\endif\n" + "\\;\n".join(body) + ";\n"


def reads(request):
    return [
        Read("a list of 50 requests", "/requests?limit=49", "WITH page AS"),
        Read("the open ones", "/requests?limit=49&phase=open", "WITH page AS"),
        Read("an inbox of 50", "/inbox?limit=49", "WITH found AS"),
        Read("one request", f"/requests/{request}", "FROM bureau.request WHERE id = ANY"),
        Read("its timeline", f"/requests/{request}/timeline", "FROM bureau.event WHERE"),
        Read("a search for a rare and a frequent word", "/requests/search?limit=49&q=thing77+quagga", "bureau.search("),
        Read("a search for a frequent word", "/requests/search?limit=49&q=quagga", "bureau.search("),
        Read("a search for a frequent word that one may not see", "/requests/search?limit=49&q=okapi", "bureau.search("),
        Read("all counts", "/counts", "SELECT kind, count(*)"),
    ]


def run_pgbench(server, read, is_bare, seconds, folder):
    script = folder / "read.sql"
    script.write_text(read.script(is_bare))
    os.chmod(script, 0o644)
    for old in folder.glob("latency*"):
        old.unlink()
    before = server_seconds(server.pid)
    output = server.run(
        "pgbench", "-n", "-M", "simple", "-c", "1", "-T", str(seconds), "-l", f"--log-prefix={folder}/latency", "-D", "fresh=1",
        "-f", str(script), "bureau",
    )
    count = int(re.search(r"transactions actually processed: (\d+)", output).group(1))
    failed = int((re.search(r"failed transactions: (\d+)", output) or [0, 0])[1])
    assert failed == 0 and count > 0, output
    latencies = sorted(int(line.split()[2]) / 1000 for path in folder.glob("latency*") for line in path.read_text().splitlines())
    return {"p50": latencies[len(latencies) // 2], "server": (server_seconds(server.pid) - before) * 1000 / count}


def prepare(desk, requests):
    """A server with many requests, and what is to be read there."""
    desk.start()
    desk.import_people(ROOT / "Config" / "demo" / "people.csv")
    reader = desk.person(READER)
    for raiser in RAISERS:
        for type, form in REQUESTS:
            raised = desk.person(raiser).raise_request(type, form)
            assert raised.status == 201, raised
            if type == "it.incident":
                number, request = raised.body["number"], raised.body["id"]
    reader.await_work("solve", number)
    desk.person("nadia.benali").await_work("acknowledge")
    server = Server(desk)
    found = reads(request)
    for read in found:
        answer, log = server.recorded(desk, lambda: reader.get(read.path))
        assert answer.status == 200, answer
        read.learn(log)
    server.sql(COPY.format(requests=requests), database="bureau")
    server.sql(BARE_SEARCH, database="bureau")
    server.sql("VACUUM ANALYZE", database="bureau")
    return server, found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=2)
    parser.add_argument("--only", nargs="*", default=[], help="parts of the names of what is read")
    parser.add_argument("--plans", action="store_true", help="print how PostgreSQL reads, too")
    options = parser.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="bureau-benchmark-"))
    os.chmod(folder, 0o777)
    desk = Desk(config=ROOT / "Config", settings=["--log-level", "warning"])
    try:
        server, found = prepare(desk, options.requests)
        print(f"{options.requests} requests, {options.rounds} rounds of {options.seconds} s each\n")
        print("| | bare ms | behind the rules ms | ratio | bare CPU ms | behind the rules CPU ms |\n|---|---|---|---|---|---|")
        for read in found:
            if options.only and not any(part in read.name for part in options.only):
                continue
            bare, ruled = [], []
            for _ in range(options.rounds):
                bare.append(run_pgbench(server, read, True, options.seconds, folder))
                ruled.append(run_pgbench(server, read, False, options.seconds, folder))
            bare, ruled = medians(bare), medians(ruled)
            print(
                f"| {read.name} | {bare['p50']:.2f} | {ruled['p50']:.2f} | {ruled['p50'] / bare['p50']:.1f} "
                f"| {bare['server']:.2f} | {ruled['server']:.2f} |", flush=True,
            )
            if options.plans:
                print(plan(server, read), file=sys.stderr)
    finally:
        desk.clear()
        shutil.rmtree(folder, ignore_errors=True)


def plan(server, read):
    """What EXPLAIN says of the statements behind the rules."""
    setup, _, body = read.script(False).replace("\\if :fresh\n", "").partition("\\set fresh 0\n\\endif\n")
    lines = [line.rstrip(";\n") for line in body.split("\\;\n")]
    steps = [f"EXPLAIN (ANALYZE, BUFFERS) {line}" if line.startswith("EXECUTE s") and line[9] != "0" else line for line in lines]
    begin = [] if read.is_snapshot else ["BEGIN"]
    return server.sql(setup + "".join(f"{line};\n" for line in [*begin, *steps]), database="bureau")


if __name__ == "__main__":
    main()
