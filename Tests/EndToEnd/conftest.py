"""Fixtures: one desk for a module, with the demo organisation in it."""

import re

import pytest

from desk import PROBLEMS, ROOT, Desk
from portal import Window, chromium


@pytest.fixture(scope="session", autouse=True)
def described_problems():
    """Every problem that any test met is in the description of the API, under its status; fails the last test otherwise."""
    yield
    text = (ROOT / "Schemas" / "openapi.yaml").read_text()
    described = dict(re.findall(r"^    Problem(\d{3}):\n((?:     .*\n)+)", text, re.MULTILINE))
    # 405 and unknown paths belong to no operation.
    outside = {(405, "route.method_not_allowed")}
    missing = sorted(
        (str(status), code)
        for status, code in PROBLEMS - outside
        if f"`{code}`" not in described.get("422" if status == "entry" else str(status), "")
    )
    assert missing == [], "answered, but not in Schemas/openapi.yaml"


@pytest.fixture(scope="module")
def desk():
    with Desk().running() as desk:
        yield desk


@pytest.fixture
def own_desk():
    """A desk of its own, for tests that break it."""
    with Desk().running() as desk:
        yield desk


@pytest.fixture(scope="module")
def crashed_desk():
    """A desk that is killed again and again, and what has been reached on it."""
    with Desk().running() as desk:
        yield desk, {}


@pytest.fixture(scope="module")
def browser():
    """Chromium, for the tests of a module."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def windows(browser, desk):
    """Opens windows on the module's desk, of somebody or of nobody; they close with the test."""
    opened = []

    def open_window(handle=None, path="/", **options):
        window = Window(browser, desk, **options)
        opened.append(window)
        if handle:
            window.sign_in(handle, path)
        return window

    yield open_window
    for window in opened:
        window.close()
