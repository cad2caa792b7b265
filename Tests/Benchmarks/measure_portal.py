#!/usr/bin/env python3
"""What pages cost: the daemon, PostgreSQL, the network and whoever waits for them.

A daemon with its private PostgreSQL; requests of three types are raised and copied until there are many, as in read_requests.py. Then
somebody who works in IT asks for each page again and again over one connection. Processor time of the daemon stands beside that of the
shortest answer it has (`/healthz`), and that of PostgreSQL beside the very statements of the page, taken from the server's log and sent
by pgbench. Afterwards Chromium visits each page over a slow network (150 ms there and back, 1.6 Mbit/s down, as Lighthouse's): at first
with nothing, then again with what it keeps. A page is usable when something is painted and its script has run.

    swift build
    BUREAU_BUILD=.build/debug .build/test-venv/bin/python Tests/Benchmarks/measure_portal.py [--requests 100000] [--seconds 4]
"""

import argparse
import http.client
import os
import pathlib
import re
import shutil
import statistics
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests" / "EndToEnd"))
sys.path.insert(0, str(ROOT / "Tests" / "Benchmarks"))
from desk import Desk, eventually  # noqa: E402
from measuring import logged_statements, processor_seconds, server_seconds  # noqa: E402
from portal import chromium, seen  # noqa: E402
from read_requests import READER, TRANSACTION, prepare  # noqa: E402

# As Chromium takes them: milliseconds, and octets a second.
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
USABLE = """() => {
  const [page] = performance.getEntriesByType("navigation");
  const [paint] = performance.getEntriesByName("first-contentful-paint");
  return Math.max(page.domContentLoadedEventEnd, paint.startTime);
}"""


class Visitor:
    """Somebody's browser, as far as the daemon notices: one connection, and the cookie as it changes."""

    def __init__(self, desk, cookie):
        self.cookie = cookie
        self.connection = http.client.HTTPConnection("127.0.0.1", desk.port, timeout=60)

    def get(self, path):
        self.connection.request("GET", path, headers={"Cookie": self.cookie, "Accept-Encoding": "identity"})
        answer = self.connection.getresponse()
        content = answer.read()
        assert answer.status == 200, (path, answer.status, content[:200])
        changed = answer.getheader("Set-Cookie")
        if changed:
            self.cookie = changed.split(";")[0]
        return content


class Statements:
    """What a page sends behind the rules, as a script for pgbench."""

    def __init__(self, log):
        self.groups, last = [], {}
        for entry in logged_statements(log):
            if "set_config('bureau.viewer'" in entry["sql"]:
                self.groups.append([])
                last[entry["process"]] = self.groups[-1]
            if entry["sql"].startswith(("BEGIN", "COMMIT")):
                last.pop(entry["process"], None)
            if entry["process"] in last:
                last[entry["process"]].append((entry["sql"], entry["parameters"]))

    def script(self):
        setup, messages = ["SET ROLE bureau_read", "SET plan_cache_mode = force_generic_plan"], []
        for group in self.groups:
            body = []
            for sql, parameters in group:
                name = f"s{len(setup)}"
                setup.append(f"PREPARE {name} AS {' '.join(sql.split())}")
                values = ", ".join(parameters[str(place)] for place in range(1, len(parameters) + 1))
                body.append(f"EXECUTE {name}" + (f" ({values})" if values else ""))
            # One statement after the one that says who asks needs no snapshot; statements of one message are one transaction.
            messages.append("\\;\n".join(body if len(group) <= 2 else [TRANSACTION, *body, "COMMIT"]) + ";\n")
        return "\\if :fresh\n" + "".join(f"{line};\n" for line in setup) + "\\set fresh 0\n\\endif\n" + "".join(messages)


def replayed(server, statements, seconds, folder):
    """Processor milliseconds of PostgreSQL for the statements of one page."""
    if not statements.groups:
        return 0.0
    script = folder / "page.sql"
    script.write_text(statements.script())
    os.chmod(script, 0o644)
    before = server_seconds(server.pid)
    output = server.run("pgbench", "-n", "-M", "simple", "-c", "1", "-T", str(seconds), "-D", "fresh=1", "-f", str(script), "bureau")
    count = int(re.search(r"transactions actually processed: (\d+)", output).group(1))
    assert count > 0 and int((re.search(r"failed transactions: (\d+)", output) or [0, 0])[1]) == 0, output
    return (server_seconds(server.pid) - before) * 1000 / count


def asked(desk, server, visitor, path, seconds):
    """Processor milliseconds of the daemon and of PostgreSQL for one answer, and how long it took."""
    for _ in range(5):
        visitor.get(path)
    daemon, database, times = processor_seconds(desk.process.pid), server_seconds(server.pid), []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        begun = time.monotonic()
        visitor.get(path)
        times.append((time.monotonic() - begun) * 1000)
    return {
        "daemon": (processor_seconds(desk.process.pid) - daemon) * 1000 / len(times),
        "database": (server_seconds(server.pid) - database) * 1000 / len(times),
        "p50": statistics.median(times),
    }


def visited(browser, desk, cookie, path, rounds):
    """What the first visit and the next one load, and when the page is usable."""
    runs = []
    for _ in range(rounds):
        context = browser.new_context(base_url=desk.url, viewport={"width": 1200, "height": 900})
        name, _, value = cookie.partition("=")
        context.add_cookies([{"name": name, "value": value, "url": desk.url}])
        page = context.new_page()
        network = context.new_cdp_session(page)
        network.send("Network.enable")
        network.send("Network.emulateNetworkConditions", SLOW)
        loaded = {}
        streams, waiting = set(), set()
        network.on("Network.requestWillBeSent", lambda event: (streams if event.get("type") == "EventSource" else waiting).add(event["requestId"]))
        network.on("Network.loadingFinished", lambda event: loaded.update({event["requestId"]: event["encodedDataLength"]}))
        found = {}
        for visit in ("first", "again"):
            loaded.clear()
            page.goto(path, wait_until="load")
            seen(page)
            # The icon comes last, and would count as the next visit's.
            eventually(lambda: page.evaluate("1") and waiting <= loaded.keys(), what="all that the page loads")
            waiting.clear()
            # What the browser keeps comes from there, with nothing over the network.
            octets = [size for request, size in loaded.items() if request not in streams and size > 0]
            found[visit] = {"kilobytes": sum(octets) / 1000, "requests": len(octets), "usable": page.evaluate(USABLE)}
        runs.append(found)
        context.close()
    return {
        visit: {key: statistics.median(run[visit][key] for run in runs) for key in runs[0][visit]} for visit in ("first", "again")
    }


def pages(request):
    return [
        ("home", "/"), ("services", "/services"), ("a form", "/services/it.incident"), ("a request", f"/requests/{request}"),
        ("the inbox", "/inbox"), ("my requests", "/requests"), ("profile", "/profile"),
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--rounds", type=int, default=3, help="visits of the browser to each page")
    options = parser.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="bureau-benchmark-"))
    os.chmod(folder, 0o777)
    desk = Desk(config=ROOT / "Config", settings=["--log-level", "warning", "--demo-sign-in", "yes", "--person-rate", "0"])
    try:
        server, _ = prepare(desk, options.requests)
        # Older ones are copies.
        number = desk.person("lin.zhao").get("/requests?limit=200&mine=true&type=it.incident&phase=open").body["items"][0]["number"]
        visitor = Visitor(desk, desk.sign_in(READER).cookie)
        bare = asked(desk, server, visitor, "/healthz", options.seconds)
        print(f"{options.requests} requests; the shortest answer takes the daemon {bare['daemon']:.3f} ms\n")
        print("| page | daemon ms | of the shortest answer | PostgreSQL ms | the statements alone ms | ratio | p50 ms "
              "| kB, first visit | requests | usable after ms | again: kB | requests | usable after ms |\n" + "|---" * 13 + "|")
        with chromium() as browser:
            for name, path in pages(number):
                _, log = server.recorded(desk, lambda: visitor.get(path))
                alone = replayed(server, Statements(log), int(max(options.seconds, 1)), folder)
                cost = asked(desk, server, visitor, path, options.seconds)
                seen_by = visited(browser, desk, visitor.cookie, path, options.rounds)
                first, again = seen_by["first"], seen_by["again"]
                share = f"{cost['database'] / alone:.1f}" if alone else "–"
                times = f"{cost['daemon'] / bare['daemon']:.0f}" if bare["daemon"] else "–"
                print(
                    f"| {name} | {cost['daemon']:.2f} | {times} | {cost['database']:.2f} | {alone:.2f} | {share} | {cost['p50']:.1f} "
                    f"| {first['kilobytes']:.1f} | {first['requests']:.0f} | {first['usable']:.0f} "
                    f"| {again['kilobytes']:.1f} | {again['requests']:.0f} | {again['usable']:.0f} |",
                    flush=True,
                )
    finally:
        desk.clear()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
