"""Fixtures: one desk for a module, with the demo organisation in it."""

import pytest

from desk import Desk


@pytest.fixture(scope="module")
def desk():
    desk = Desk()
    try:
        desk.start()
        desk.import_people()
        yield desk
    finally:
        desk.clear()


@pytest.fixture
def own_desk():
    """A desk of its own, for tests that break it."""
    desk = Desk()
    try:
        desk.start()
        desk.import_people()
        yield desk
    finally:
        desk.clear()


@pytest.fixture(scope="module")
def crashed_desk():
    """A desk that is killed again and again, and what has been reached on it."""
    desk = Desk()
    try:
        desk.start()
        desk.import_people()
        yield desk, {}
    finally:
        desk.clear()
