"""Signing in on pages: with a password, at the organisation's provider, and back into what was typed."""

import os
import re

import pytest

from barriers import violations
from desk import Desk
from playground import playground
from portal import Window, press
from provider import CLIENT, SECRET, Provider

PASSWORD = "the ferry leaves at nine"


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("passwords")
    folder.chmod(0o755)
    with Desk(config=playground(folder)).running() as desk:
        yield desk


@pytest.fixture(scope="module")
def provider():
    provider = Provider()
    yield provider
    provider.stop()


@pytest.fixture(scope="module")
def provided(provider, tmp_path_factory):
    """A desk where people sign in at the provider."""
    os.environ["BUREAU_SECRET_OIDC_CLIENT_SECRET"] = SECRET
    folder = tmp_path_factory.mktemp("provided")
    folder.chmod(0o755)
    desk = Desk(config=playground(folder))
    desk.settings += ["--public-url", desk.url, "--oidc-issuer", provider.issuer, "--oidc-client-id", CLIENT]
    try:
        desk.start()
        desk.import_people()
        yield desk
    finally:
        del os.environ["BUREAU_SECRET_OIDC_CLIENT_SECRET"]
        desk.clear()


@pytest.fixture
def window(browser):
    opened = []

    def open_window(desk, **options):
        opened.append(Window(browser, desk, **options))
        return opened[-1]

    yield open_window
    for window in opened:
        window.close()


def enter(page, handle, password):
    page.get_by_label(re.compile("User name|Benutzername")).fill(handle)
    page.get_by_label(re.compile("Password|Passwort")).fill(password)
    press(page.get_by_role("button", name=re.compile("^(Sign in|Anmelden)$")))


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_password_leads_to_where_somebody_was_going(window, desk, script):
    desk.set_password("lin.zhao", PASSWORD)
    page = window(desk, script=script).page
    page.goto("/services/it.quick")
    assert "/sign-in?return_to=" in page.url
    enter(page, "lin.zhao", "not the password")
    assert "is wrong" in page.locator(".errors").inner_text()
    assert page.get_by_label("User name").input_value() == "lin.zhao"
    assert page.get_by_label("Password").input_value() == ""
    if script:
        assert violations(page, "a wrong password") == []
    enter(page, " lin.zhao ", PASSWORD)
    assert page.url == desk.url + "/services/it.quick"


def test_nobody_learns_from_the_page_who_there_is(window, desk):
    page = window(desk).page
    said = []
    for handle in ("hannah.friedel", "nobody.at.all"):
        page.goto("/sign-in")
        enter(page, handle, "a guess of mine")
        said.append(page.locator(".errors").inner_text())
    assert said[0] == said[1]


def test_whoever_guesses_waits_and_whoever_is_locked_stays_outside(window, desk):
    desk.set_password("omar.haddad", PASSWORD)
    page = window(desk).page
    page.goto("/sign-in")
    for _ in range(12):
        enter(page, "omar.haddad", "a guess of mine")
        text = page.locator(".errors").inner_text()
        if "Wait" in text:
            break
    else:
        raise AssertionError("nobody had to wait")
    assert page.get_by_label("User name").input_value() == "omar.haddad"
    desk.set_password("carla.mendes", PASSWORD)
    desk.administer("account", "lock", "carla.mendes", *desk.options())
    page.goto("/sign-in")
    enter(page, "carla.mendes", PASSWORD)
    assert page.locator(".errors").count() == 1
    page.goto("/inbox")
    assert "/sign-in" in page.url


def test_what_was_typed_comes_back_after_a_password(window, desk):
    desk.set_password("ruben.castro", PASSWORD)
    opened = window(desk)
    page = opened.page
    page.goto("/services/it.quick")
    enter(page, "ruben.castro", PASSWORD)
    page.get_by_label("What?").fill("Typed <before>")
    opened.context.clear_cookies()
    press(page.get_by_role("button", name="Send"))
    enter(page, "ruben.castro", "not the password")
    enter(page, "ruben.castro", PASSWORD)
    assert page.get_by_label("What?").input_value() == "Typed <before>"
    press(page.get_by_role("button", name="Send"))
    assert "Typed <before>" in page.locator("aside").inner_text()


def test_in_german(window, desk):
    page = window(desk, language="de-DE").page
    page.goto("/sign-in")
    assert page.locator("html").get_attribute("lang") == "de"
    enter(page, "lin.zhao", "falsch geraten")
    assert "stimmt nicht" in page.locator(".errors").inner_text()


def test_the_provider_leads_to_where_somebody_was_going(window, provided):
    page = window(provided).page
    page.goto("/inbox")
    press(page.get_by_role("link", name="Sign in with your organisation"))
    assert page.url == provided.url + "/inbox"
    page.goto("/profile")
    assert page.get_by_role("heading", level=1).inner_text() == "Amara Okafor"
    press(page.get_by_role("button", name="Sign out"))
    assert "still knows you" in page.locator("main").inner_text()


def test_a_provider_that_says_no_or_is_away_is_said(window, provided, provider):
    page = window(provided).page
    page.goto("/sign-in")
    provider.denies = "access_denied"
    press(page.get_by_role("link", name="Sign in with your organisation"))
    assert "alert(1)" not in page.content() and page.get_by_role("heading", level=1).count() == 1
    provider.denies = None
    page.goto("/inbox")
    assert "/sign-in" in page.url


def test_what_was_typed_outlives_a_visit_to_the_provider(window, provided):
    opened = window(provided)
    page = opened.page
    page.goto("/services/it.quick")
    press(page.get_by_role("link", name="Sign in with your organisation"))
    page.get_by_label("What?").fill("Typed before")
    opened.context.clear_cookies()
    press(page.get_by_role("button", name="Send"))
    with opened.context.expect_page() as there:
        page.get_by_role("link", name="Sign in with your organisation").click()
    there.value.get_by_role("heading", name="Hello, Amara Okafor").wait_for()
    press(page.get_by_role("button", name="I have signed in"))
    assert page.get_by_label("What?").input_value() == "Typed before"
    press(page.get_by_role("button", name="Send"))
    assert "Typed before" in page.locator("aside").inner_text()
