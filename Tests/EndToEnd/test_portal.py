"""The portal, as people use it: with a browser, with script and without."""

import re
import urllib.parse

import pytest

from barriers import check_html, scrolls_sideways, violations
from desk import Desk, eventually
from portal import Window, portal_config, portal_desk, press, seen


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    with portal_desk(tmp_path_factory) as desk:
        yield desk


def fill_equipment(page, reason="A quiet corner"):
    page.get_by_label("What is it for?").fill(reason)
    page.get_by_label("In the office").check()
    page.get_by_label("What?", exact=True).fill("Lamp")
    page.get_by_label("Price").fill("12.50")
    page.get_by_label("How many?").fill("2")
    page.get_by_label("No", exact=True).check()


def number_of(page):
    return re.search(r"/requests/([A-Z]+-\d+)", page.url).group(1)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_request_goes_its_whole_way_through_four_hands(windows, desk, script):
    lin = windows("lin.zhao", script=script).page
    assert lin.get_by_role("heading", level=1).inner_text() == "Hello, Lin Zhao"
    lin.get_by_label("What do you need?").fill("equip")
    press(lin.get_by_role("button", name="Search"))
    press(lin.get_by_role("link", name="Equipment", exact=True))
    fill_equipment(lin)
    lin.get_by_label("Shared with").fill("Omar Haddad")
    lin.get_by_label("A bag").check()
    lin.get_by_label("Marks").fill("one\ntwo")
    press(lin.get_by_role("button", name="Send"))
    number = number_of(lin)
    answers = lin.locator("aside").inner_text()
    for answer in ["A quiet corner", "In the office", "25.00 EUR", "Omar Haddad", "A bag", "one, two"]:
        assert answer in answers
    lin.get_by_label("Write a comment").fill("Please <b>quietly</b>")
    press(lin.get_by_role("button", name="Comment"))
    assert "Please <b>quietly</b>" in lin.locator(".talk").inner_text()

    anke = windows("anke.reuter", "/inbox", script=script, language="en-GB").page
    press(anke.get_by_role("link", name="A quiet corner"))
    anke.locator(".turn textarea").fill("Gern.")
    press(anke.get_by_role("button", name=re.compile("^(Approve|Genehmigen)$")))
    assert "Gern." in anke.locator("main").inner_text()

    lukas = windows("lukas.hartwig", f"/requests/{number}", script=script).page
    press(lukas.get_by_role("button", name=re.compile("^(Take it|Übernehmen)$")))
    tick = lukas.get_by_role("button", name=re.compile("^(Budget is there|Geld ist da)$"))
    press(tick)
    assert tick.get_attribute("aria-pressed") == "true"
    press(lukas.get_by_role("link", name=re.compile("^(Fill in|Ausfüllen)")))
    press(lukas.get_by_role("button", name=re.compile("^(Complete|Erledigen)$")))
    assert lukas.locator(".errors a").count() == 1, "an empty form is not sent"
    lukas.get_by_label(re.compile("Order number|Bestellnummer")).fill("4711")
    press(lukas.get_by_role("button", name=re.compile("^(Complete|Erledigen)$")))
    assert lukas.url.endswith(number)

    lin.reload()
    assert lin.locator(".facts .tag").inner_text() == "Done" and "4711" in lin.locator(".progress").inner_text()
    lin.get_by_label("5, very good").check()
    lin.get_by_label("Anything else?").fill("Splendid")
    press(lin.get_by_role("button", name="Send"))
    assert "5/5" in lin.locator("aside").inner_text()


def test_questions_come_and_go_while_somebody_answers(windows):
    page = windows("lin.zhao", "/services/it.equipment").page
    assert page.get_by_label("When does the trip end?").count() == 0
    page.get_by_label("On a trip").check()
    page.get_by_label("When does the trip end?").wait_for()
    page.get_by_label("When does the trip end?").fill("2020-01-01")
    page.get_by_label("Price").fill("3")
    page.get_by_label("How many?").fill("2")
    # The desk's own rule, while typing.
    page.get_by_text("The trip is over.").first.wait_for()
    page.get_by_label("What?", exact=True).fill("Bag")
    page.locator("output", has_text="6.00 EUR").first.wait_for()
    assert page.get_by_label("Price").input_value() == "3"
    page.get_by_label("In the office").check()
    page.get_by_label("When does the trip end?").wait_for(state="detached")


def test_without_script_a_button_shows_further_questions(windows):
    page = windows("lin.zhao", "/services/it.equipment", script=False).page
    fill_equipment(page)
    page.get_by_label("On a trip").check()
    press(page.get_by_role("button", name="Show further questions"))
    assert page.get_by_label("When does the trip end?").count() == 1
    assert page.get_by_label("What is it for?").input_value() == "A quiet corner"
    assert page.locator(".errors").count() == 0, "nobody has seen the question yet"
    press(page.get_by_role("button", name="Add another"))
    assert page.get_by_label("Price").count() == 2
    press(page.get_by_role("button", name="Remove").first)
    assert page.get_by_label("Price").count() == 1
    # What is no longer asked is no longer sent.
    page.get_by_label("When does the trip end?").fill("2030-01-01")
    page.get_by_label("What?", exact=True).fill("Lamp")
    page.get_by_label("Price").fill("1")
    page.get_by_label("How many?").fill("1")
    page.get_by_label("In the office").check()
    press(page.get_by_role("button", name="Send"))
    assert "In the office" in page.locator("aside").inner_text()


def test_a_form_that_is_sent_raises_a_new_question_instead_of_an_error(windows):
    page = windows("lin.zhao", "/services/it.equipment", script=False).page
    fill_equipment(page)
    page.get_by_label("On a trip").check()
    press(page.get_by_role("button", name="Send"))
    assert "More questions follow" in page.locator("main").inner_text()
    assert page.locator(".errors").count() == 0 and page.get_by_label("When does the trip end?").count() == 1


def test_what_is_wrong_is_listed_and_leads_to_its_question(windows):
    page = windows("lin.zhao", "/services/it.equipment").page
    press(page.get_by_role("button", name="Send"))
    errors = page.locator(".errors")
    assert "There are" in errors.inner_text() and page.title().startswith("Error: ")
    assert page.evaluate("document.activeElement.classList.contains('errors')")
    press(page.get_by_role("link", name=re.compile("^What is it for")))
    assert page.evaluate("document.activeElement.name") == "f.reason"
    described = page.get_by_label("What is it for?").get_attribute("aria-describedby")
    assert page.locator(f"[id='{described}']").inner_text().endswith("Enter something here.")


PNG = b"\x89PNG\r\n\x1a\n"


def paper(name, size=2_000):
    return {"name": name, "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n" + b"x" * size}


def read(page, link):
    """What a link to a file brings."""
    with page.expect_download() as download:
        link.click()
    return download.value.path().read_bytes()


def test_files_are_sent_as_they_are_chosen_and_opened_from_the_request(windows, desk):
    page = windows("lin.zhao", "/services/it.equipment").page
    fill_equipment(page)
    sketch, papers = page.get_by_label("Sketch"), page.get_by_label("Papers")
    sketch.set_input_files({"name": "too large.png", "mimeType": "image/png", "buffer": PNG + b"x" * 200_000})
    page.get_by_text("This file is too large.").wait_for()
    sketch.set_input_files({"name": "wrong.txt", "mimeType": "text/plain", "buffer": b"x"})
    page.locator(".file", has_text="wrong.txt").wait_for()
    # The desk's own rule, without sending the form.
    page.get_by_text("is no file of the kind").first.wait_for()
    sketch.set_input_files({"name": "plan <b>.png", "mimeType": "image/png", "buffer": PNG + b"a picture"})
    page.locator(".file", has_text="plan b.png").wait_for()
    page.get_by_text("is no file of the kind").first.wait_for(state="detached")
    assert page.locator(".file").count() == 1, "a question for one file keeps one"
    papers.set_input_files([paper("one.pdf"), paper("two.pdf")])
    page.locator(".file", has_text="two.pdf").wait_for()
    page.get_by_role("button", name="Remove one.pdf").click()
    page.locator(".file", has_text="one.pdf").wait_for(state="detached")
    # What is wrong elsewhere takes no file away.
    page.get_by_label("Price").fill("much")
    press(page.get_by_role("button", name="Send"))
    assert page.locator(".file").count() == 2 and page.locator(".errors").count() == 1
    page.get_by_label("Price").fill("3")
    press(page.get_by_role("button", name="Send"))
    answers = page.locator("aside")
    assert "plan b.png" in answers.inner_text() and "one.pdf" not in answers.inner_text()
    assert read(page, answers.get_by_role("link", name=re.compile("plan b.png"))) == PNG + b"a picture"
    page.get_by_label("Write a comment").fill("With a file")
    page.get_by_label("Files").set_input_files(paper("said.pdf"))
    page.locator(".file", has_text="said.pdf").wait_for()
    press(page.get_by_role("button", name="Comment"))
    assert read(page, page.locator(".talk").get_by_role("link", name=re.compile("said.pdf"))).startswith(b"%PDF")
    other = desk.sign_in("carla.mendes")
    path = page.locator(".talk").get_by_role("link", name=re.compile("said.pdf")).get_attribute("href")
    assert desk.anonymous().send("GET", path, headers={"Cookie": other.cookie}).status == 404


def test_files_go_along_without_script(windows):
    window = windows("lin.zhao", "/services/it.equipment", script=False)
    page = window.page
    fill_equipment(page)
    page.get_by_label("Sketch").set_input_files({"name": "large.png", "mimeType": "image/png", "buffer": PNG + b"x" * 200_000})
    page.get_by_label("Papers").set_input_files([paper("one.pdf"), paper("two.pdf")])
    press(page.get_by_role("button", name="Send"))
    assert "larger than 100 kB" in page.locator(".errors").inner_text()
    assert page.locator(".file").count() == 3
    press(page.get_by_role("button", name="Remove large.png"))
    press(page.get_by_role("button", name="Remove one.pdf"))
    assert page.locator(".file").count() == 1 and page.locator(".errors").count() == 0
    # What was typed outlives its session, and so does a file that was sent before.
    window.context.clear_cookies()
    page.get_by_label("Papers").set_input_files(paper("three.pdf"))
    press(page.get_by_role("button", name="Send"))
    assert "but for the files" in page.locator("main").inner_text()
    page.select_option("select[name=handle]", "lin.zhao")
    press(page.get_by_role("button", name="Sign in"))
    assert page.locator(".file").count() == 1
    press(page.get_by_role("button", name="Send"))
    assert "two.pdf" in page.locator("aside").inner_text() and "three.pdf" not in page.locator("aside").inner_text()
    # A change keeps the files that it does not take away.
    press(page.get_by_role("link", name="Change what was entered"))
    page.get_by_label("Papers").set_input_files(paper("four.pdf"))
    press(page.get_by_role("button", name="Save the changes"))
    answers = page.locator("aside").inner_text()
    assert "two.pdf" in answers and "four.pdf" in answers
    page.get_by_label("Files").set_input_files(paper("alone.pdf"))
    press(page.get_by_role("button", name="Comment"))
    assert "The comment is empty." in page.locator(".errors").inner_text()
    page.get_by_label("Write a comment").fill("Now with words")
    press(page.get_by_role("button", name="Comment"))
    assert "alone.pdf" in page.locator(".talk").inner_text()


def test_files_of_another_site_are_not_kept(desk):
    """A form with a file and without the session's proof."""
    lin = desk.sign_in("lin.zhao")
    part = '--b\r\nContent-Disposition: form-data; name="f.proof"; filename="a.pdf"\r\n\r\nx\r\n--b--\r\n'
    headers = {"Content-Type": "multipart/form-data; boundary=b", "Cookie": lin.cookie, "Sec-Fetch-Site": "same-origin"}
    answer = desk.anonymous().send("POST", "/services/it.everything", raw=part.encode(), headers=headers)
    assert answer.status == 200 and b"choose your files once more" in answer.raw and b"a.pdf" not in answer.raw
    headers["Sec-Fetch-Site"] = "cross-site"
    answer = desk.anonymous().send("POST", "/uploads", raw=part.encode(), headers=headers)
    assert answer.status == 403
    for broken in ["nothing", "--b\r\n", part[:60], part[:-9]]:
        headers["Sec-Fetch-Site"] = "same-origin"
        answer = desk.anonymous().send("POST", "/uploads", raw=broken.encode(), headers=headers)
        assert answer.status == 400, (broken, answer)


def test_sending_twice_raises_once(windows, desk):
    window = windows("lin.zhao", "/services/it.quick")
    page = window.page
    page.get_by_label("What?").fill("Only once")
    pairs = page.evaluate("[...new FormData(document.querySelector('form[data-check], form.act, main form'))]")
    body = urllib.parse.urlencode([*map(tuple, pairs), ("do", "send")])
    answers = [
        window.context.request.post(
            "/services/it.quick", data=body, max_redirects=0,
            headers={"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"},
        )
        for _ in range(2)
    ]
    assert [answer.status for answer in answers] == [303, 303]
    assert answers[0].headers["location"] == answers[1].headers["location"]


def test_an_expired_session_keeps_what_was_typed(windows, desk):
    for script in (True, False):
        window = windows("lin.zhao", "/services/it.equipment", script=script)
        page = window.page
        before = len(desk.person("lin.zhao").get("/requests?mine=true&limit=200").body["items"])
        fill_equipment(page, "Typed before \"the end\"")
        window.context.clear_cookies()
        press(page.get_by_role("button", name="Send"))
        assert "is kept" in page.locator("main").inner_text()
        page.select_option("select[name=handle]", "lin.zhao")
        press(page.get_by_role("button", name="Sign in"))
        assert page.get_by_label("What is it for?").input_value() == "Typed before \"the end\""
        assert page.get_by_label("Price").input_value() == "12.50" and page.get_by_label("In the office").is_checked()
        assert len(desk.person("lin.zhao").get("/requests?mine=true&limit=200").body["items"]) == before
        press(page.get_by_role("button", name="Send"))
        assert "Typed before" in page.locator("aside").inner_text()


def test_a_comment_survives_the_end_of_a_session(windows):
    window = windows("lin.zhao", "/services/it.equipment")
    page = window.page
    fill_equipment(page)
    press(page.get_by_role("button", name="Send"))
    page.get_by_label("Write a comment").fill("Not lost")
    window.context.clear_cookies()
    press(page.get_by_role("button", name="Comment"))
    page.select_option("select[name=handle]", "lin.zhao")
    press(page.get_by_role("button", name="Sign in"))
    assert page.get_by_label("Write a comment").input_value() == "Not lost"
    press(page.get_by_role("button", name="Comment"))
    assert "Not lost" in page.locator(".talk").inner_text()


def test_a_decision_on_something_that_changed_is_asked_again(windows, desk):
    lin = windows("lin.zhao", "/services/it.equipment").page
    fill_equipment(lin)
    press(lin.get_by_role("button", name="Send"))
    number = number_of(lin)
    anke = windows("anke.reuter", f"/requests/{number}").page
    anke.locator(".turn textarea").fill("Carefully thought about")
    press(lin.get_by_role("link", name="Change what was entered"))
    lin.get_by_label("What is it for?").fill("Something quite different")
    press(lin.get_by_role("button", name="Save the changes"))
    press(anke.get_by_role("button", name=re.compile("^(Approve|Genehmigen)$")))
    assert anke.locator(".conflict li").count() >= 1
    assert anke.locator(".turn textarea").input_value() == "Carefully thought about"
    assert desk.person("lin.zhao").show(number).body["steps"][0]["status"] == "open"
    press(anke.get_by_role("button", name=re.compile("^(Approve|Genehmigen)$")))
    assert desk.person("lin.zhao").show(number).body["steps"][0]["status"] == "done"


def test_a_change_of_what_others_changed_shows_the_difference(windows, desk):
    number = raised(desk)
    first, second = (windows("lin.zhao", f"/requests/{number}/amend").page for _ in range(2))
    first.get_by_label("What is it for?").fill("A loud corner")
    press(first.get_by_role("button", name="Save the changes"))
    second.get_by_label("What is it for?").fill("A dark corner")
    press(second.get_by_role("button", name="Save the changes"))
    conflict = second.locator(".conflict").inner_text()
    assert "A loud corner" in conflict and "A dark corner" in conflict and violations(second, "a difference") == []
    assert second.get_by_label("What is it for?").input_value() == "A dark corner"
    press(second.get_by_role("button", name="Save the changes"))
    assert "A dark corner" in second.locator("aside").inner_text()


def follows(page):
    """Waits until the page hears of what changes."""
    page.locator("html[data-stream=open]").wait_for(state="attached")
    return page


def raised(desk, handle="lin.zhao", reason="A quiet corner"):
    answer = desk.person(handle).raise_request(
        "it.equipment",
        {"reason": reason, "kind": "office", "urgent": False, "items": [{"what": "Lamp", "price": "10", "count": 1}]},
    )
    assert answer.status == 201, answer
    return answer.body["number"]


def test_what_others_do_comes_by_itself_and_disturbs_nobody(windows, desk):
    number = raised(desk)
    window = windows("lin.zhao", f"/requests/{number}")
    page = follows(window.page)
    # A second window of the same browser listens through the first.
    other = window.context.new_page()
    other.goto("/requests")
    other.get_by_text(number, exact=True).first.wait_for()
    page.get_by_label("Write a comment").fill("Half a sent")
    anke = desk.person("anke.reuter")
    item = anke.await_work("agree", number)
    assert anke.post(f"/requests/{number}/comments", {"text": "Which lamp?"}).status == 200
    page.get_by_text("Which lamp?").wait_for()
    assert page.get_by_label("Write a comment").input_value() == "Half a sent"
    assert page.evaluate("document.activeElement.name") == "comment"
    assert anke.step(number, item["instance"], "reject").status == 200
    page.locator(".facts .tag", has_text="Ended: Rejected").wait_for()
    # An approval that says no has not failed.
    page.locator("li.step.failed .tag", has_text="Rejected").wait_for()
    other.locator("li", has_text=number).get_by_text("Ended: Rejected").wait_for()
    assert page.locator("[data-updated]").inner_text() == "This page has been updated."
    assert page.get_by_label("Write a comment").input_value() == "Half a sent"


def test_an_inbox_fills_by_itself_also_after_the_listening_window_is_closed(windows, desk):
    window = windows("anke.reuter", "/inbox")
    first = follows(window.page)
    second = window.context.new_page()
    second.goto("/inbox")
    number = raised(desk, reason="Told to both")
    for page in (first, second):
        page.get_by_text(number, exact=True).wait_for()
    window.page.close()
    follows(second)
    number = raised(desk, reason="Told to one")
    second.get_by_text(number, exact=True).wait_for()


def test_a_desk_that_is_away_is_said_and_nothing_typed_is_lost(browser, tmp_path):
    tmp_path.chmod(0o755)
    desk = Desk(config=portal_config(tmp_path), settings=["--demo-sign-in", "yes"])
    window = None
    try:
        desk.start()
        desk.import_people()
        window = Window(browser, desk)
        page = follows(window.sign_in("lin.zhao", "/services/it.quick"))
        page.get_by_label("What?").fill("Typed before")
        assert desk.stop() == 0
        away = page.get_by_text("The desk cannot be reached at the moment.")
        away.wait_for()
        page.get_by_role("button", name="Send").click()
        assert page.get_by_label("What?").input_value() == "Typed before"
        desk.start()
        away.wait_for(state="hidden")
        press(page.get_by_role("button", name="Send"))
        assert "Typed before" in page.locator("aside").inner_text()
        # What the browser itself says of a desk that is away.
        window.complaints = [text for text in window.complaints if "net::ERR_" not in text]
        window.close()
    finally:
        desk.clear()


def test_everything_in_german(windows):
    page = windows("lin.zhao", "/services/it.equipment", language="de-DE").page
    # Her own language comes first; she chooses another.
    page.goto("/profile")
    page.get_by_label("Deutsch").check()
    press(page.get_by_role("button", name="Save", exact=True))
    assert page.locator("html").get_attribute("lang") == "de"
    page.goto("/services/it.equipment")
    page.get_by_label("Wofür?").fill("Ein Büro")
    page.get_by_label("Im Büro").check()
    page.get_by_label("Was?", exact=True).fill("Lampe")
    page.get_by_label("Preis").fill("1.250,50")
    page.get_by_label("Wie viele?").fill("zwei")
    page.get_by_label("Nein", exact=True).check()
    press(page.get_by_role("button", name="Senden"))
    assert "Geben Sie eine ganze Zahl ein" in page.locator(".errors").inner_text()
    page.get_by_label("Wie viele?").fill("2")
    press(page.get_by_role("button", name="Senden"))
    assert "2.501,00 EUR" in page.locator("aside").inner_text()
    assert "Genehmigung" in page.locator(".progress").inner_text()


def test_whoever_may_raises_for_somebody_else(windows, desk):
    page = windows("priya.raman", "/services/it.incident").page
    page.get_by_label("For whom is it?").fill("lin zhao")
    page.get_by_label("What does not work?").fill("The mouse")
    page.get_by_label("My device").check()
    page.get_by_label("Me alone").check()
    page.get_by_label("No", exact=True).check()
    press(page.get_by_role("button", name="Send"))
    assert "Lin Zhao" in page.locator("aside").inner_text()
    number = number_of(page)
    assert desk.person("lin.zhao").show(number).body["beneficiary"]["handle"] == "lin.zhao"
    page = windows("lin.zhao", "/services/it.incident").page
    assert page.get_by_label("For whom is it?").count() == 0


def test_colleagues_are_found_by_their_names(windows):
    page = windows("lin.zhao", "/services/it.equipment").page
    page.get_by_label("Shared with").press_sequentially("Om")
    page.locator("datalist option[value='omar.haddad']").wait_for(state="attached")
    page.get_by_label("Shared with").fill("Nobody Known")
    press(page.get_by_role("button", name="Send"))
    assert "nobody by that name" in page.locator(".errors").inner_text()


def test_a_choice_of_looks_stays(windows):
    page = windows("lin.zhao", "/profile").page
    page.get_by_label("Dark").check()
    press(page.get_by_role("button", name="Save", exact=True))
    assert "Saved." in page.locator("main").inner_text()
    page.goto("/")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"


def test_people_end_sessions_of_theirs(windows):
    page, other = windows("lin.zhao", "/profile").page, windows("lin.zhao").page
    page.reload()
    while page.get_by_role("button", name=re.compile("^End")).count():
        press(page.get_by_role("button", name=re.compile("^End")).first)
    other.goto("/inbox")
    assert "/sign-in" in other.url


def test_cancelling_asks_why(windows):
    page = windows("lin.zhao", "/services/it.equipment").page
    fill_equipment(page)
    press(page.get_by_role("button", name="Send"))
    page.get_by_text("Cancel this request").click()
    page.locator("aside textarea").fill("No longer needed")
    press(page.get_by_role("button", name="Yes, cancel it"))
    assert page.locator(".facts .tag").inner_text() == "Ended: Withdrawn"
    assert "No longer needed" in page.locator(".talk").inner_text()


def test_nobody_sees_what_is_not_for_them(windows):
    lin = windows("lin.zhao", "/services/it.equipment").page
    fill_equipment(lin, "A secret of mine")
    press(lin.get_by_role("button", name="Send"))
    other = windows("carla.mendes", f"/requests/{number_of(lin)}").page
    assert other.get_by_role("heading", level=1).inner_text() == "There is no such page"
    for path in ["/", "/requests", "/inbox", "/services", "/profile"]:
        other.goto(path)
        assert "secret" not in other.content() and "Lin Zhao" not in other.content()


def test_pages_that_are_not_there_say_so(desk, windows):
    page = windows("lin.zhao").page
    for path in ["/nothing", "/services/it.nothing", "/requests/IT-99999", "/requests/IT-1/steps/x/complete"]:
        assert page.goto(path).status == 404
        assert page.get_by_role("heading", level=1).inner_text() == "There is no such page"
    assert desk.anonymous().send("GET", "/api/v1/nothing").code == "route.not_found"


def test_another_site_changes_nothing(desk):
    """A form of another site, and one without the session's proof."""
    lin = desk.sign_in("lin.zhao")
    before = len(lin.get("/requests?mine=true&limit=200").body["items"])
    body = b"do=send&f.what=x&shown=f.what"
    form = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": lin.cookie, "X-CSRF-Token": ""}
    for fields, status in [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
    ]:
        answer = desk.anonymous().send("POST", "/services/it.quick", raw=body, headers={**form, **fields})
        assert answer.status == status, answer
    assert len(lin.get("/requests?mine=true&limit=200").body["items"]) == before


def test_addresses_after_signing_in_stay_on_the_desk(windows, desk):
    page = windows().page
    page.goto("/sign-in?return_to=" + urllib.parse.quote("//evil.example/x"))
    page.select_option("select[name=handle]", "lin.zhao")
    press(page.get_by_role("button", name="Sign in"))
    assert page.url == desk.url + "/"


@pytest.mark.parametrize("path", ["/", "/services", "/requests", "/profile", "/design", "/nothing"])
def test_signing_out_ends_the_session(windows, desk, path):
    """On every page."""
    page = windows("lin.zhao", path).page
    press(page.get_by_role("button", name="Sign out"))
    assert "signed out" in page.locator("main").inner_text()
    page.goto("/inbox")
    assert "/sign-in" in page.url


@pytest.fixture(scope="module")
def places(desk):
    """Pages with something on them, and who looks at them."""
    lin, anke = desk.person("lin.zhao"), desk.person("anke.reuter")
    form = {
        "reason": "A very long word: " + "Donaudampfschifffahrtsgesellschaft" * 1, "kind": "office", "urgent": True,
        "items": [{"what": "Lamp", "price": "10", "count": 1}],
    }
    raised = lin.raise_request("it.equipment", form)
    assert raised.status == 201, raised
    number = raised.body["number"]
    eventually(lambda: anke.work(number=number), what="the approval")
    done = lin.raise_request("it.quick", {"what": "x"})
    assert done.status == 201, done
    return [
        ("lin.zhao", "/"), ("anke.reuter", "/"), ("lin.zhao", "/services"), ("lin.zhao", "/services?q=nothing+at+all"),
        ("lin.zhao", "/services/it.equipment"), ("lin.zhao", "/services/hr.leave"), ("lin.zhao", f"/requests/{number}"),
        ("anke.reuter", f"/requests/{number}"), ("lin.zhao", f"/requests/{done.body['number']}"),
        ("lin.zhao", f"/requests/{number}/amend"), ("lin.zhao", "/requests"), ("anke.reuter", "/inbox"),
        ("lin.zhao", "/profile"), ("lin.zhao", "/design"), ("lin.zhao", "/nothing"), (None, "/sign-in"),
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_page_shuts_anybody_out(windows, places, theme):
    found = []
    for handle in {handle for handle, _ in places}:
        page = windows(handle, theme=theme).page
        for path in [path for who, path in places if who == handle]:
            page.goto(path)
            found += violations(page, path)
            if path.startswith("/services/it"):
                press(page.get_by_role("button", name="Send"))
                found += violations(page, path + " with errors")
    assert found == []


def test_no_page_scrolls_sideways_on_a_telephone(windows, places):
    wide = []
    for handle in {handle for handle, _ in places}:
        page = windows(handle, width=320, height=640).page
        for path in [path for who, path in places if who == handle]:
            page.goto(path)
            if scrolls_sideways(page):
                wide.append(path)
    assert wide == []


def test_pages_are_valid_html(windows, places):
    for handle in {handle for handle, _ in places}:
        page = windows(handle, script=False).page
        for path in [path for who, path in places if who == handle]:
            text = page.goto(path).text()
            check_html(text, path)


def test_pages_allow_no_script_but_the_desk_s_own(desk):
    answer = desk.anonymous().send("GET", "/sign-in")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
    assert answer.headers["Cache-Control"] == "no-store"
    asset = re.search(r'/assets/style-[0-9a-f]+\.css', answer.raw.decode()).group()
    style = desk.anonymous().send("GET", asset)
    assert style.status == 200 and "immutable" in style.headers["Cache-Control"]


def test_by_keyboard_alone(windows):
    page = seen(windows("lin.zhao").page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("quick")
    type_enter(page)
    assert page.url.endswith("/services?q=quick")
    page.get_by_role("link", name="Quick", exact=True).focus()
    type_enter(page)
    assert page.url.endswith("/services/it.quick")
    page.get_by_label("What?").focus()
    page.keyboard.type("By keyboard")
    type_enter(page)
    assert "/requests/" in page.url
    assert "By keyboard" in page.locator("aside").inner_text()


def type_enter(page):
    with page.expect_navigation():
        page.keyboard.press("Enter")
    seen(page)
