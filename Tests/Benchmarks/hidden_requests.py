#!/usr/bin/env python3
"""What an answer about a request costs that somebody may not see, beside one about a request that does not exist.

Both are answered alike; were one of them more work, its time would tell them apart. A daemon with its private PostgreSQL, one stranger on
one connection, blocks of questions in turn: requests that are hidden from them, and numbers and identifiers that nobody has. Processor time
of the daemon and of PostgreSQL, and the time of each answer; medians over the rounds are printed as a table for Deploy/security.md.

    swift build -c release --product bureaud && Tests/Benchmarks/hidden_requests.py [--rounds 9] [--questions 400]
"""

import argparse
import http.client
import json
import os
import pathlib
import statistics
import sys
import time
import uuid

ROOT = pathlib.Path(__file__).resolve().parents[2]
os.environ.setdefault("BUREAU_BUILD", str(ROOT / ".build" / "release"))
sys.path.insert(0, str(ROOT / "Tests" / "EndToEnd"))
sys.path.insert(0, str(ROOT / "Tests" / "Benchmarks"))
from desk import Desk  # noqa: E402
from raise_requests import REQUEST, RAISER, Server, processor_seconds, server_seconds  # noqa: E402

STRANGER = "lukas.hartwig"
WAYS = [
    ("by number", "GET", "/api/v1/requests/{number}", None),
    ("by identifier", "GET", "/api/v1/requests/{id}", None),
    ("its history", "GET", "/api/v1/requests/{number}/timeline", None),
    ("a comment, by number", "POST", "/api/v1/requests/{number}/comments", {"text": "x"}),
    ("a comment, by identifier", "POST", "/api/v1/requests/{id}/comments", {"text": "x"}),
    ("ending a restriction", "POST", "/api/v1/requests/{number}/restriction/end", {"reason": "x"}),
]


class Stranger:
    """Somebody on one connection, who reads every answer whole."""

    def __init__(self, desk, token):
        self.connection = http.client.HTTPConnection("127.0.0.1", desk.port)
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self.answer = None

    def ask(self, method, path, body):
        begun = time.perf_counter()
        self.connection.request(method, path, None if body is None else json.dumps(body), self.headers)
        response = self.connection.getresponse()
        answer = (response.status, response.read())
        elapsed = time.perf_counter() - begun
        assert self.answer in (None, answer), (answer, self.answer)
        assert answer[0] == 404, answer
        self.answer = answer
        return elapsed


def block(desk, server, stranger, way, targets, count):
    """Milliseconds of an answer: its median time, and the processors' mean."""
    _, method, path, body = way
    before = processor_seconds(desk.process.pid), server_seconds(server.pid)
    times = [stranger.ask(method, path.format(**targets[turn % len(targets)]), body) for turn in range(count)]
    after = processor_seconds(desk.process.pid), server_seconds(server.pid)
    return statistics.median(times) * 1000, (after[0] - before[0]) * 1000 / count, (after[1] - before[1]) * 1000 / count


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--questions", type=int, default=400)
    options = parser.parse_args()
    desk = Desk(settings=["--log-level", "error", "--person-rate", "0"])
    try:
        desk.start()
        desk.import_people()
        raiser = desk.person(RAISER)
        hidden = []
        for _ in range(50):
            raised = raiser.raise_request(REQUEST["type"], REQUEST["form"])
            assert raised.status == 201, raised
            hidden.append({"number": raised.body["number"], "id": raised.body["id"]})
        unknown = [{"number": f"HR-{900_000 + place}", "id": str(uuid.UUID(int=uuid.UUID(request["id"]).int ^ 0xFFFF))}
                   for place, request in enumerate(hidden)]
        server = Server(desk)
        stranger = Stranger(desk, desk.person(STRANGER).token)
        print("| asked | hidden: ms, daemon CPU, PostgreSQL CPU | unknown | ratio of times | ratio of CPU |\n|---|---|---|---|---|")
        for way in WAYS:
            stranger.answer = None
            runs = {"hidden": [], "unknown": []}
            for targets in (hidden, unknown):
                block(desk, server, stranger, way, targets, 50)
            for number in range(options.rounds):
                order = [("hidden", hidden), ("unknown", unknown)]
                for name, targets in order if number % 2 else reversed(order):
                    runs[name].append(block(desk, server, stranger, way, targets, options.questions))
            medians = {name: [statistics.median(column) for column in zip(*rows)] for name, rows in runs.items()}
            one, other = medians["hidden"], medians["unknown"]
            cells = [" ".join(f"{value:.2f}" for value in row) for row in (one, other)]
            work = (one[1] + one[2]) / max(other[1] + other[2], 1e-9)
            print(f"| {way[0]} | {cells[0]} | {cells[1]} | {one[0] / other[0]:.2f} | {work:.2f} |", flush=True)
    finally:
        desk.clear()


if __name__ == "__main__":
    main()
