#!/usr/bin/env python3
"""Raising requests over HTTP beside pgbench running the same statements on the same server.

A release build of the daemon with its private PostgreSQL, sixteen clients (wrk), a leave request each. Then pgbench, sixteen clients, on
a second database of the same server with the same schema: the very statements that one raise sends (taken from the server's log), one
transaction each, prepared, in one pipeline. The two alternate; medians are printed as a table for the README.

    swift build -c release --product bureaud && Tests/Benchmarks/raise_requests.py [--rounds 5] [--seconds 10] [--clients 16]
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
os.environ.setdefault("BUREAU_BUILD", str(ROOT / ".build" / "release"))
sys.path.insert(0, str(ROOT / "Tests" / "EndToEnd"))
from desk import Desk  # noqa: E402
from measuring import Server, logged_statements, medians, processor_seconds, resident_megabytes, server_seconds  # noqa: E402

REQUEST = json.loads((ROOT / "Tests" / "Benchmarks" / "leave.json").read_text())
RAISER = "amara.okafor"

LUA = """
wrk.method = "POST"
wrk.body = [==[%s]==]
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer %s"
local refused = 0
response = function(status) if status ~= 201 then refused = refused + 1; wrk.thread:set("refused", refused) end end
local threads = {}
setup = function(thread) table.insert(threads, thread) end
done = function(summary, latency)
  local bad = 0
  for _, thread in ipairs(threads) do bad = bad + (thread:get("refused") or 0) end
  io.write(string.format("RESULT %%d %%d %%f %%f %%d\\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), bad))
end
"""


KEY = "benchmark-key"

def recorded_raise(desk, server, raiser):
    """Identifier and number of one raised request, and what the server logged of its statements."""
    answer, text = server.recorded(desk, lambda: raiser.raise_request(REQUEST["type"], REQUEST["form"], key=KEY))
    assert answer.status == 201, answer
    return answer.body["id"], answer.body["number"], text


def pgbench_script(request, number, text):
    """The recorded raise as a pgbench transaction, and its constant parameters as pgbench variables.

    One pipeline, as the daemon sends it. Identifier, number and key come from a counter of each client, so that no two meet; every
    parameter stays a parameter.
    """
    fresh = {
        request: "'0f000000-' || lpad(to_hex(:client_id::bigint), 4, '0') || '-7000-8000-' || lpad(to_hex(:n::bigint), 12, '0')",
        number: "'B' || :client_id::bigint || '-' || :n::bigint",
        KEY: "'K' || :client_id::bigint || '-' || :n::bigint",
    }
    constants, statements = {}, []
    entries = logged_statements(text)
    guard = next(place for place, entry in enumerate(entries) if "refuse(" in entry["sql"])
    for entry in entries[guard:]:
        sql, parameters = entry["sql"], entry["parameters"]
        if entry["process"] != entries[guard]["process"]:
            continue
        if statements and not sql.startswith("INSERT INTO bureau."):
            break

        def value(match):
            text = parameters[match.group(1)]
            if text == "NULL":
                return "NULL"
            kind = "timestamptz" if re.fullmatch(r"'\d{4}-\d\d-\d\d [^']*'", text) else "bigint"
            if any(old in text for old in fresh):
                for old, new in fresh.items():
                    text = text.replace(old, f"' || {new} || '")
                return f"({text})"
            name = f"c{len(constants)}"
            constants[name] = text[1:-1].replace("''", "'")
            cast = "" if match.string[match.end() : match.end() + 2] == "::" else f"::{kind}"
            return f":{name}{cast}"

        statements.append(re.sub(r"\$(\d+)", value, sql))
    body = "\n".join(" ".join(statement.split()) + ";" for statement in statements)
    return f"\\set n :n + 1\n\\startpipeline\n{body}\n\\endpipeline\n", constants, len(statements)


def prepare_twin(server):
    """A second database of the same server with the same schema and nothing in it."""
    server.sql("DROP DATABASE IF EXISTS raise_benchmark")
    server.sql("CREATE DATABASE raise_benchmark")
    # Functions stand before the tables that they read.
    schema = "SET check_function_bodies = off;\n" + (ROOT / "Schemas" / "database.sql").read_text()
    server.sql(schema, database="raise_benchmark")
    revision = server.sql("SELECT revision FROM bureau.directory_state", database="bureau").strip()
    server.sql(f"INSERT INTO bureau.directory_state (revision) VALUES ({revision})", database="raise_benchmark")


def run_pgbench(server, script, constants, clients, seconds, first):
    before = server_seconds(server.pid)
    definitions = [part for name, text in constants.items() for part in ("-D", f"{name}={text}")]
    output = server.run(
        "pgbench", "-n", "-M", "prepared", "-c", str(clients), "-j", "2", "-T", str(seconds), "-l",
        f"--log-prefix={script.parent}/pgbench{first}", "-D", f"n={first}", *definitions, "-f", str(script), "raise_benchmark",
    )
    tps = float(re.search(r"tps = ([\d.]+)", output).group(1))
    count = int(re.search(r"transactions actually processed: (\d+)", output).group(1))
    failed = int((re.search(r"failed transactions: (\d+)", output) or [0, 0])[1])
    assert failed == 0, output
    latencies = sorted(
        int(line.split()[2]) / 1000
        for path in script.parent.glob(f"pgbench{first}.*")
        for line in path.read_text().splitlines()
    )
    return {
        "rate": tps,
        "p50": latencies[len(latencies) // 2],
        "p99": latencies[len(latencies) * 99 // 100],
        "server": (server_seconds(server.pid) - before) * 1000 / count,
    }


def run_wrk(desk, server, token, clients, seconds, folder):
    script = folder / "raise.lua"
    script.write_text(LUA % (json.dumps(REQUEST), token))
    daemon, postgres = processor_seconds(desk.process.pid), server_seconds(server.pid)
    output = subprocess.run(
        ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--latency", "-s", str(script), desk.url + "/api/v1/requests"],
        capture_output=True, text=True, check=True,
    ).stdout
    count, microseconds, p50, p99, refused = re.search(r"RESULT (\d+) (\d+) ([\d.]+) ([\d.]+) (\d+)", output).groups()
    count = int(count)
    assert int(refused) == 0 and count > 0, output
    return {
        "rate": count / (int(microseconds) / 1e6),
        "p50": float(p50) / 1000,
        "p99": float(p99) / 1000,
        "server": (server_seconds(server.pid) - postgres) * 1000 / count,
        "daemon": (processor_seconds(desk.process.pid) - daemon) * 1000 / count,
    }


def start_milliseconds(desk):
    """From the start of the process to readiness, with an existing database."""
    begun = time.monotonic()
    desk.process = subprocess.Popen(desk.serve_arguments(), stdout=open(desk.log, "ab"), stderr=subprocess.STDOUT)
    while not desk.is_ready():
        assert desk.process.poll() is None, desk.log.read_text()[-2000:]
        time.sleep(0.005)
    return (time.monotonic() - begun) * 1000


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--clients", type=int, default=16)
    options = parser.parse_args()
    if not shutil.which("wrk"):
        raise SystemExit("The benchmark needs wrk: apt-get install wrk")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="bureau-benchmark-"))
    os.chmod(folder, 0o777)
    desk = Desk(settings=["--log-level", "warning", "--person-rate", "0"])
    try:
        desk.start()
        desk.import_people()
        raiser = desk.person(RAISER)
        desk.stop()
        start = start_milliseconds(desk)
        idle = resident_megabytes(desk.process.pid)
        server = Server(desk)
        text, constants, count = pgbench_script(*recorded_raise(desk, server, raiser))
        script = folder / "raise.sql"
        script.write_text(text)
        os.chmod(script, 0o644)
        prepare_twin(server)
        ours, theirs = [], []
        run_wrk(desk, server, raiser.token, options.clients, 2, folder)
        for number in range(options.rounds):
            ours.append(run_wrk(desk, server, raiser.token, options.clients, options.seconds, folder))
            theirs.append(
                run_pgbench(server, script, constants, options.clients, options.seconds, (number + 1) * 1_000_000_000)
            )
            print(f"round {number + 1}: {ours[-1]['rate']:.0f}/s, pgbench {theirs[-1]['rate']:.0f}/s", file=sys.stderr)
        ours, theirs = medians(ours), medians(theirs)
        busy = resident_megabytes(desk.process.pid)
        print(f"{options.clients} clients, {options.rounds} rounds of {options.seconds} s, {count} statements a raise\n")
        print("| | requests/s | p50 ms | p99 ms | daemon CPU ms | PostgreSQL CPU ms |\n|---|---|---|---|---|---|")
        print(
            f"| raise over HTTP | {ours['rate']:.0f} | {ours['p50']:.1f} | {ours['p99']:.1f} "
            f"| {ours['daemon']:.2f} | {ours['server']:.2f} |"
        )
        print(
            f"| pgbench, the same statements | {theirs['rate']:.0f} | {theirs['p50']:.1f} | {theirs['p99']:.1f} "
            f"| – | {theirs['server']:.2f} |"
        )
        print(f"\nratio {ours['rate'] / theirs['rate']:.2f}; start {start:.0f} ms; resident {idle:.0f} MB idle, {busy:.0f} MB after")
    finally:
        desk.clear()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
