"""What people typed is kept whatever happens to their session and to the request, and pages say truly what became of it."""

import re
import urllib.parse

import pytest

from barriers import check_html, scrolls_sideways, violations
from desk import eventually
from portal import portal_desk, press

MENDING = """
title: {en: Mending, de: Reparatur}
summary: {en: For what is broken., de: Für alles was kaputt ist.}
audience: [role:employee]
outcomes: {done: good, withdrawn: bad}
form:
  what: {label: {en: What is it?, de: Was ist es?}, type: text}
  kind:
    label: {en: Which kind?, de: Welche Art?}
    type: choice
    of: {seat: {en: Office chair, de: Bürostuhl}, net: {en: Wi-Fi, de: WLAN}}
amend:
  what: {by: [requester]}
cancel: {by: [requester], outcome: withdrawn}
steps:
  - task: mend
    title: {en: "Mend {{ what }}", de: "{{ what }} reparieren"}
    assign: team:it
    form:
      report: {label: {en: What did you do?, de: Was haben Sie getan?}, type: long_text}
      gone: {label: {en: Is it mended?, de: Ist es repariert?}, type: yes_no}
      parts:
        label: {en: Part, de: Teil}
        type: rows
        min: 1
        columns:
          name: {label: {en: Which?, de: Welches?}, type: text}
    due: 5 working days
    on_overdue: {tell: team:it}
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    with portal_desk(tmp_path_factory, mending=MENDING) as desk:
        yield desk


def mending(desk, what="The lamp"):
    answer = desk.person("omar.haddad").raise_request("it.mending", {"what": what, "kind": "seat"})
    assert answer.status == 201, answer
    number = answer.body["number"]
    desk.person("priya.raman").await_work("mend", number)
    return number


def sign_in_again(page, handle):
    page.select_option("select[name=handle]", handle)
    press(page.get_by_role("button", name=re.compile("^(Sign in|Anmelden)$")))


def text(page):
    return page.locator("main").inner_text()


def in_german(page):
    page.goto("/profile")
    page.get_by_label("Deutsch").check()
    press(page.get_by_role("button", name=re.compile("^(Save|Speichern)$")).first)
    return page


def test_a_session_that_ends_elsewhere_is_no_desk_that_is_away(windows):
    window = windows("lin.zhao", "/services/it.quick")
    page = window.page
    page.locator("html[data-stream=open]").wait_for(state="attached")
    page.get_by_label("What?").fill("Typed before")
    other = window.context.new_page()
    other.goto("/design")
    press(other.get_by_role("button", name="Sign out"))
    page.get_by_text("You are signed out.").wait_for(timeout=60_000)
    assert not page.locator("[data-away]").is_visible()
    press(page.get_by_role("button", name="Send"))
    assert "is kept" in text(page)
    sign_in_again(page, "lin.zhao")
    assert page.get_by_label("What?").input_value() == "Typed before"
    press(page.get_by_role("button", name="Send"))
    assert "Typed before" in page.locator("aside").inner_text()


def test_signing_out_works_from_a_page_of_an_earlier_session(windows):
    for script in (True, False):
        window = windows("lukas.hartwig", "/inbox", script=script)
        page, other = window.page, window.context.new_page()
        other.goto("/inbox")
        press(other.get_by_role("button", name=re.compile("Sign out|Abmelden")))
        other.goto("/sign-in")
        sign_in_again(other, "lukas.hartwig")
        press(page.get_by_role("button", name=re.compile("Sign out|Abmelden")))
        assert re.search("signed out|abgemeldet", text(page))
        other.goto("/inbox")
        assert "/sign-in" in other.url


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_task_that_somebody_else_took_shows_what_was_typed(windows, desk, script):
    number = mending(desk)
    window = windows("priya.raman", f"/requests/{number}/steps/mend/complete", script=script)
    page = window.page
    page.get_by_label("What did you do?").fill("Twenty minutes of <careful> writing")
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("Which?").fill("A screw")
    assert desk.person("lukas.hartwig").step(number, "mend", "claim").status == 200
    press(page.get_by_role("button", name="Complete").last)
    said = text(page)
    assert "can no longer be sent" in said and "Lukas Hartwig" in said, said
    entered = page.locator("section", has_text="What you had entered").inner_text()
    assert "Twenty minutes of <careful> writing" in entered and "What did you do?" in entered, entered
    assert re.search(r"Is it mended\?\s+Yes", entered) and re.search(r"Part 1 – Which\?\s+A screw", entered), entered
    check_html(page.content(), page.url)
    if script:
        assert violations(page, "a task that somebody else took") == []


def test_a_task_that_is_done_and_a_change_that_is_too_late_show_what_was_typed(windows, desk):
    number = mending(desk)
    page = in_german(windows("priya.raman", width=320, height=700).page)
    page.goto(f"/requests/{number}/steps/mend/complete")
    omar = windows("omar.haddad", f"/requests/{number}/amend").page
    page.get_by_label("Was haben Sie getan?").fill("Zwanzig Minuten")
    omar.get_by_label("What is it?").fill("Quite another lamp")
    done = {"form": {"report": "x", "gone": True, "parts": [{"name": "y"}]}}
    answer = desk.person("lukas.hartwig").step(number, "mend", "complete", done)
    assert answer.status == 200, answer
    press(page.get_by_role("button", name="Erledigen").last)
    assert "Zwanzig Minuten" in page.locator("section", has_text="Was Sie eingegeben hatten").inner_text()
    assert not scrolls_sideways(page)
    press(omar.get_by_role("button", name="Save the changes").last)
    assert "Quite another lamp" in omar.locator("section", has_text="What you had entered").inner_text()
    assert number in text(omar)


def test_forms_of_the_office_come_back_filled(windows, desk):
    window = windows("lin.zhao", "/profile/deputies")
    page = window.page
    page.get_by_label("Who stands in?").fill("Omar Haddad")
    page.locator("input[name=until]").fill("2030-02-02")
    window.context.clear_cookies()
    press(page.locator("main form button").last)
    assert "is kept" in text(page)
    sign_in_again(page, "lin.zhao")
    assert page.get_by_label("Who stands in?").input_value() == "Omar Haddad"
    assert page.locator("input[name=until]").input_value() == "2030-02-02" and "Nothing was sent yet" in text(page)
    page.goto("/profile/tokens")
    page.locator("input[name=label]").fill("A script")
    page.locator("input[name=scope]").first.check()
    window.context.clear_cookies()
    press(page.locator("main form button.primary").last)
    sign_in_again(page, "lin.zhao")
    assert page.locator("input[name=label]").input_value() == "A script"
    assert page.locator("input[name=scope]").first.is_checked()


def test_a_comment_for_several_comes_back_with_what_was_chosen(windows, desk):
    number = mending(desk, "One of several")
    window = windows("priya.raman", "/inbox?kind=task")
    page = window.page
    page.get_by_label(re.compile(f"Choose: .*, {number}$")).check()
    window.context.clear_cookies()
    press(page.get_by_role("button", name="Take what is chosen"))
    sign_in_again(page, "priya.raman")
    assert number in text(page)
    press(page.get_by_role("button", name="Take 1"))
    assert "Taken" in page.locator("li", has_text=number).inner_text()
    request = {"reason": "x", "kind": "office", "urgent": False, "items": [{"what": "Lamp", "price": "10", "count": 1}]}
    asked = desk.person("omar.haddad").raise_request("it.equipment", request).body["number"]
    desk.person("anke.reuter").await_work("agree", asked)
    window = windows("anke.reuter", "/inbox?kind=approval")
    page = window.page
    page.locator("li", has_text=asked).locator(".choose").check()
    press(page.locator("button[value=approve]"))
    page.locator("textarea").fill("A long comment")
    window.context.clear_cookies()
    press(page.locator("main form button").first)
    sign_in_again(page, "anke.reuter")
    assert page.locator("textarea").input_value() == "A long comment" and asked in text(page)


def test_what_does_not_come_back_is_said_and_leads_to_its_page(windows):
    window = windows("lin.zhao", "/requests?phase=open")
    page = window.page
    page.locator(".views summary").click()
    page.locator("input[name=name]").fill("Typed and lost")
    window.context.clear_cookies()
    press(page.locator("form[action^='/views/'] button").last)
    assert "Nothing was sent" in text(page) and "is kept" not in text(page)
    sign_in_again(page, "lin.zhao")
    assert page.url.endswith("/requests?phase=open")
    # A page of an earlier session.
    other = window.context.new_page()
    other.goto("/profile")
    press(other.get_by_role("button", name="Sign out"))
    other.goto("/sign-in")
    sign_in_again(other, "lin.zhao")
    page.locator(".views summary").click()
    page.locator("input[name=name]").fill("Typed and lost")
    press(page.locator("form[action^='/views/'] button").last)
    assert page.get_by_role("heading", level=1).inner_text() == "Nothing was sent"
    assert violations(page, "nothing was sent") == []
    press(page.get_by_role("link", name="Back to the page"))
    assert page.url.endswith("/requests?phase=open")


def test_a_search_is_cut_where_it_is_too_long_and_says_so(windows):
    page = windows("lin.zhao").page
    assert page.get_by_label("What do you need?").get_attribute("maxlength") == "200"
    answer = page.goto("/services?q=" + urllib.parse.quote("mending " * 40))
    assert answer.status == 200
    assert "Searched for the first 200 characters." in page.locator(".found").inner_text()
    assert page.locator(".cards").get_by_text("Mending", exact=True).count() == 1
    page.goto("/services?q=mending")
    assert "characters" not in page.locator(".found").inner_text()


@pytest.mark.parametrize("words", ["broken chair", "chairs", "wifi", "Stuhl", "kaputt", "my WLAN"])
def test_services_are_found_by_what_somebody_needs(windows, words):
    page = windows("lin.zhao").page
    page.get_by_label("What do you need?").fill(words)
    press(page.get_by_role("button", name="Search"))
    assert "Mending" in page.locator(".cards a").all_inner_texts()


def test_pages_without_a_place_of_their_own_are_somebody_s(windows):
    page = in_german(windows("tobias.lindner", language="en-GB").page)
    page.goto("/")
    places = page.locator("header nav li").all_inner_texts()
    names = [re.sub(r"\d.*", "", place).strip() for place in places]
    for path in ("/design", "/nothing"):
        page.goto(path)
        assert page.locator("html").get_attribute("lang") == "de"
        assert [re.sub(r"\d.*", "", place).strip() for place in page.locator("header nav li").all_inner_texts()] == names


def test_what_is_unread_is_said_above_and_names_the_step(windows, desk):
    number = mending(desk, "The secret lamp")
    page = windows("lukas.hartwig", "/inbox").page
    assert desk.person("priya.raman").step(number, "mend", "hand_over", {"to": "lukas.hartwig"}).status == 200
    told = page.locator("header .told a")
    eventually(lambda: page.goto("/inbox") and told.count() == 1, what="the sign")
    press(told)
    line = page.locator(".line-item", has_text=number).inner_text()
    assert re.search("Mend …|… reparieren", line) and "secret" not in line, line
    while page.get_by_role("button", name=re.compile("^(Mark all|Alle)")).count():
        press(page.get_by_role("button", name=re.compile("^(Mark all|Alle)")))
    page.goto("/inbox")
    assert told.count() == 0


def test_amounts_are_written_as_they_are_read(windows):
    page = in_german(windows("lin.zhao").page)
    page.goto("/services/it.equipment")
    page.get_by_label("Preis").fill("1.234,50")
    page.get_by_label("Wie viele?").fill("3")
    page.get_by_text("3.703,50 EUR").first.wait_for()
    assert page.get_by_label("Preis").input_value() == "1.234,50"
