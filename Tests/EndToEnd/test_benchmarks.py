"""The benchmarks run; what they measure on a debug build in a second says nothing."""

import os
import subprocess
import sys

from desk import BUILD, ROOT


def test_the_raise_benchmark_runs():
    result = subprocess.run(
        [sys.executable, ROOT / "Tests" / "Benchmarks" / "raise_requests.py", "--rounds", "1", "--seconds", "1"],
        capture_output=True, text=True, timeout=120, env={**os.environ, "BUREAU_BUILD": str(BUILD)},
    )
    assert result.returncode == 0, result.stderr
    assert "| raise over HTTP |" in result.stdout and "ratio" in result.stdout
    assert ", 0 statements" not in result.stdout


def test_the_benchmark_of_reading_runs():
    result = subprocess.run(
        [
            sys.executable, ROOT / "Tests" / "Benchmarks" / "read_requests.py", "--requests", "200", "--rounds", "1", "--seconds", "1",
            "--plans",
        ],
        capture_output=True, text=True, timeout=180, env={**os.environ, "BUREAU_BUILD": str(BUILD)},
    )
    assert result.returncode == 0, result.stderr
    for row in ("a list of 50 requests", "the open ones", "an inbox of 50", "one request", "its timeline", "a search", "all counts"):
        assert f"| {row}" in result.stdout
    # What reads behind the rules asks them.
    assert "request_viewer_pkey" in result.stderr


def test_the_benchmark_of_pages_runs():
    result = subprocess.run(
        [
            sys.executable, ROOT / "Tests" / "Benchmarks" / "measure_portal.py", "--requests", "200", "--seconds", "0.2", "--rounds", "1",
        ],
        capture_output=True, text=True, timeout=240, env={**os.environ, "BUREAU_BUILD": str(BUILD)},
    )
    assert result.returncode == 0, result.stderr
    rows = [line.strip("| ").split(" | ") for line in result.stdout.splitlines() if line.startswith("| ")][1:]
    assert [row[0] for row in rows] == ["home", "services", "a form", "a request", "the inbox", "my requests", "profile"]
    for row in rows:
        # The page, its style sheet and its script; once more the page alone, but for what follows changes.
        assert int(row[8]) >= 3 and int(row[11]) < int(row[8]), row
        # A page is a page and not an application that is sent first.
        assert float(row[7]) < 150 and float(row[10]) < 60, row


def test_the_engine_benchmark_runs():
    result = subprocess.run(
        [BUILD / "benchmarks", "--seconds", "0.05", "--types", "20", "--config", ROOT / "Config"],
        capture_output=True, text=True, timeout=120,
    )
    assert result.returncode == 0, result.stdout
    for row in ("checking 20 request types", "engine commands/s", "whole processes/s", "scenario tests/s"):
        assert f"| {row}" in result.stdout
