"""Work in the portal: the inbox with several at once, keys, what can be taken back, why something is due, who may see it."""

import re
import urllib.parse

import pytest

from barriers import check_html, scrolls_sideways, violations
from desk import eventually
from portal import Keyboard, portal_desk, press

FAULTY = """
title: {en: Faulty, de: Fehlerhaft}
audience: [role:employee]
outcomes: {done: good, withdrawn: bad}
form:
  what: {label: {en: What?, de: Was?}, type: text}
steps:
  - request: part
    title: {en: The part, de: Das Teil}
    type: it.picky
    with: {what: what}
    on_failed: {ask: team:it}
    undo: none
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    with portal_desk(tmp_path_factory, faulty=FAULTY) as desk:
        yield desk


def raised(desk, reason, handle="omar.haddad"):
    answer = desk.person(handle).raise_request(
        "it.equipment",
        {"reason": reason, "kind": "office", "urgent": False, "items": [{"what": "Lamp", "price": "10", "count": 1}]},
    )
    assert answer.status == 201, answer
    number = answer.body["number"]
    desk.person("anke.reuter").await_work("agree", number)
    return number


def approved(desk, reason):
    number = raised(desk, reason)
    assert desk.person("anke.reuter").step(number, "agree", "approve").status == 200
    desk.person("priya.raman").await_work("buy", number)
    return number


def status(desk, number, step):
    return {row["instance"]: row for row in desk.person("omar.haddad").show(number).body["steps"]}[step]


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_several_are_approved_after_one_question(windows, desk, script):
    first, second, third = (raised(desk, f"Number {number}") for number in range(3))
    page = windows("anke.reuter", "/inbox?kind=approval", script=script).page
    for number in (first, second, third):
        page.get_by_label(re.compile(f"(Choose|Wählen): .*, {number}$")).check()
    press(page.get_by_role("button", name=re.compile("Gewähltes genehmigen|Approve what is chosen")))
    assert all(number in page.locator("main").inner_text() for number in (first, second, third))
    page.locator("textarea").fill("Für alle")
    # One of them changes before the question is answered, another is decided elsewhere.
    assert desk.person("omar.haddad").post(f"/requests/{second}/comments", {"text": "Wait"}).status == 200
    assert desk.person("anke.reuter").step(third, "agree", "reject").status == 200
    press(page.get_by_role("button", name=re.compile("^(Approve 3|3 genehmigen)$")))
    lines = {number: page.locator("li", has_text=number).inner_text() for number in (first, second, third)}
    assert re.search("Approved|Genehmigt", lines[first]), lines
    assert re.search("inzwischen geändert|has changed meanwhile", lines[second]), lines
    assert not re.search("Approved|Genehmigt", lines[third]), lines
    assert status(desk, first, "agree")["status"] == "done" and status(desk, second, "agree")["status"] == "open"
    story = desk.person("omar.haddad").get(f"/requests/{first}/timeline?limit=200").body["items"]
    assert "Für alle" in [entry["comment"] for entry in story]
    press(page.get_by_role("link", name=re.compile("Zurück zum Eingang|Back to the inbox")))
    assert page.url.endswith("/inbox?kind=approval")


def test_several_are_taken_and_what_somebody_else_has_is_not(windows, desk):
    first, second = approved(desk, "One"), approved(desk, "Two")
    page = windows("priya.raman", "/inbox?kind=task").page
    for number in (first, second):
        page.get_by_label(re.compile(f"Choose: .*, {number}$")).check()
    assert desk.person("lukas.hartwig").step(second, "buy", "claim").status == 200
    press(page.get_by_role("button", name="Take what is chosen"))
    assert "Not possible now" in page.locator("li", has_text=second).inner_text()
    press(page.get_by_role("button", name="Take 1"))
    assert "Taken" in page.locator("li", has_text=first).inner_text()
    assert status(desk, first, "buy")["assignee"]["handle"] == "priya.raman"
    check_html(page.content(), page.url)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_everything_on_a_page_is_chosen_at_once_and_nothing_chosen_says_so(windows, desk, script):
    for reason in ("All", "of", "these"):
        raised(desk, reason)
    page = windows("anke.reuter", "/inbox?kind=approval", script=script, language="en-GB").page
    choose = page.locator("[data-choose-all]")

    def everything(text):
        assert choose.inner_text() == text
        choose.click() if script else press(choose)

    boxes = page.locator(".choose")
    everything("Alles auf dieser Seite wählen")
    assert boxes.count() >= 3 and page.locator(".choose:checked").count() == boxes.count()
    everything("Nichts wählen")
    assert page.locator(".choose:checked").count() == 0
    press(page.get_by_role("button", name="Gewähltes genehmigen"))
    assert "Es ist nichts gewählt." in page.locator(".errors").inner_text()
    assert page.locator("select[name=kind]").input_value() == "approval", "it is the same list"
    check_html(page.content(), page.url)
    everything("Alles auf dieser Seite wählen")
    shown = boxes.count()
    press(page.get_by_role("button", name="Gewähltes genehmigen"))
    assert page.locator("main .list > li").count() == shown


def test_only_what_can_be_done_with_several_is_offered(windows, desk):
    number = approved(desk, "Mine alone")
    page = windows("priya.raman", "/inbox?kind=task").page
    buttons = page.locator(".choosing .buttons button")
    assert [button.get_attribute("value") for button in buttons.all()] == ["claim"]
    assert desk.person("priya.raman").step(number, "buy", "claim").status == 200
    page.goto("/inbox?kind=task&mine=true")
    assert page.locator(".list > li", has_text=number).count() == 1
    assert buttons.count() == 0 and page.locator("[data-choose-all]").count() == 0
    raised(desk, "To decide")
    page = windows("anke.reuter", "/inbox?kind=approval").page
    buttons = page.locator(".choosing .buttons button")
    assert [button.get_attribute("value") for button in buttons.all()] == ["approve"]


def sides(cells):
    """On which side of its column each text stands."""
    return {cell.inner_text(): cell.evaluate("cell => getComputedStyle(cell).textAlign") for cell in cells.all()}


def test_figures_stand_to_the_right_and_words_to_the_left(windows, desk):
    page = windows("omar.haddad", f"/requests/{raised(desk, 'A table')}").page
    assert sides(page.locator(".tabled th, .tabled td")) == {
        "What?": "left", "Lamp": "left", "Price": "right", "10.00 EUR": "right", "How many?": "right", "1": "right",
        "Cost": "right",
    }


def test_on_a_telephone_a_table_says_what_its_rows_are_and_that_there_is_more(windows, desk):
    page = windows("nadia.benali", "/dashboard", width=320).page
    frame = page.locator(".table-frame").first
    assert frame.evaluate("frame => frame.scrollWidth > frame.clientWidth"), "the ages are many"
    assert "local" in frame.evaluate("frame => getComputedStyle(frame).backgroundAttachment")
    name = frame.locator("tbody th").first
    before = name.bounding_box()["x"]
    frame.evaluate("frame => (frame.scrollLeft = 100)")
    assert abs(name.bounding_box()["x"] - before) < 2
    assert not scrolls_sideways(page)
    assert violations(page, "a dashboard that was scrolled") == []


def test_pages_of_a_list_lead_forth_and_back(windows, desk):
    for number in range(55):
        assert desk.person("ruben.castro").raise_request("it.quick", {"what": f"Thing {number}"}).status == 201
    page = windows("ruben.castro", "/requests?phase=closed").page

    def first():
        return page.locator(".row-title").first.inner_text()

    names = [first()]
    assert page.locator("[rel=prev]").count() == 0
    for _ in range(2):
        press(page.locator("[rel=next]"))
        names.append(first())
    assert len(set(names)) == 3 and page.locator("[rel=next]").count() == 0
    assert names[0].endswith("Thing 54") and names[1].endswith("Thing 29"), names
    check_html(page.content(), page.url)
    for name in names[1::-1]:
        press(page.locator("[rel=prev]"))
        assert first() == name and "phase=closed" in page.url
    assert page.locator("[rel=prev]").count() == 0


def test_lists_say_what_a_request_is_about(windows, desk):
    number = raised(desk, "A lamp for the corner")
    mine = windows("omar.haddad", "/").page
    row = mine.locator("[data-part=mine] li", has_text=number)
    assert row.locator(".row-subject").inner_text().endswith("A lamp for the corner")
    check_html(mine.content(), mine.url)
    mine.goto("/services?q=corner")
    assert mine.locator(".row-subject").inner_text().endswith("A lamp for the corner")
    # The step's own title says it already.
    row = windows("anke.reuter", "/inbox").page.locator(".list > li", has_text=number)
    assert "A lamp for the corner" in row.locator(".row-title").inner_text()
    assert "A lamp for the corner" not in row.locator(".row-facts").inner_text()


def test_a_key_leads_to_ones_turn_and_leaves_nothing_behind(windows, desk):
    number = raised(desk, "Pressed")
    page = windows("anke.reuter", f"/requests/{number}").page
    keys = Keyboard(page)
    keys.press("t")
    assert page.evaluate("document.activeElement.closest('.turn') !== null")
    assert page.locator(".turn textarea").first.input_value() == ""
    keys.press("Escape")
    # A turn that begins with a line of its checklist.
    number = approved(desk, "Bought")
    page = windows("priya.raman", f"/requests/{number}").page
    keys = Keyboard(page)
    keys.press("t")
    assert page.evaluate("document.activeElement.closest('.turn') !== null")
    assert page.evaluate("document.activeElement.getBoundingClientRect().height > 0")


def test_rows_stand_below_each_other_in_the_readers_way(windows, desk):
    items = [{"what": "Lamp", "price": "1250.5", "count": 2}, {"what": "Bulb", "price": "3.2", "count": 4}]
    form = {"reason": "Light", "kind": "office", "urgent": False, "items": items}
    number = desk.person("omar.haddad").raise_request("it.equipment", form).body["number"]
    page = windows("omar.haddad", f"/requests/{number}", width=320, height=700, language="de-DE").page
    table = page.locator("aside table")
    cells = [row.locator("th, td").all_inner_texts() for row in table.locator("tbody tr").all()]
    german = [["Lamp", "1.250,50 EUR", "2", "2.501,00 EUR"], ["Bulb", "3,20 EUR", "4", "12,80 EUR"]]
    english = [["Lamp", "1250.50 EUR", "2", "2501.00 EUR"], ["Bulb", "3.20 EUR", "4", "12.80 EUR"]]
    assert cells == (german if "Fortschritt" in page.locator("main").inner_text() else english), cells
    assert not scrolls_sideways(page)
    check_html(page.content(), page.url)
    assert violations(page, "rows in a table") == []


def test_taking_work_can_be_taken_back(windows, desk):
    number = approved(desk, "By mistake")
    page = windows("priya.raman", f"/requests/{number}").page
    press(page.get_by_role("button", name="Take it"))
    assert "You have taken “Buy it”." in page.locator(".undo").inner_text()
    press(page.get_by_role("button", name="Undo"))
    assert page.locator(".undo").count() == 0 and page.url.endswith(number)
    assert status(desk, number, "buy")["assignee"] is None
    press(page.get_by_role("button", name="Budget is there"))
    assert "Ticked: Budget is there" in page.locator(".undo").inner_text()
    press(page.get_by_role("button", name="Undo"))
    assert page.get_by_role("button", name="Budget is there").get_attribute("aria-pressed") == "false"
    # What an address says is believed only where it holds.
    for text in ["claimed:buy", "ticked:buy:budget", "claimed:nothing", "drop:table", "ticked:buy:%3Cb%3E"]:
        page.goto(f"/requests/{number}?done={text}")
        assert page.locator(".undo").count() == 0


def test_a_page_says_why_something_is_due(windows, desk):
    number = raised(desk, "When?")
    page = windows("omar.haddad", f"/requests/{number}").page
    assert re.search(r"due .*\s3 working days from \w+, \d\d:\d\d", page.locator(".progress").inner_text(), re.S)
    page.goto("/profile")
    page.get_by_label("Deutsch").check()
    press(page.get_by_role("button", name="Save", exact=True))
    page.goto(f"/requests/{number}")
    assert "3 Arbeitstage ab " in page.locator(".progress").inner_text()


def test_work_is_handed_over(windows, desk):
    number = approved(desk, "For somebody else")
    page = windows("priya.raman", f"/requests/{number}").page
    page.locator("summary", has_text="Hand over").click()
    page.get_by_label("To whom?").fill("Nobody at all")
    press(page.get_by_role("button", name="Hand over"))
    assert "nobody" in page.locator(".errors").inner_text().lower()
    assert page.get_by_label("To whom?").input_value() == "Nobody at all"
    page.get_by_label("To whom?").fill("Lukas Hartwig")
    press(page.get_by_role("button", name="Hand over"))
    assert status(desk, number, "buy")["assignee"]["handle"] == "lukas.hartwig"
    assert "Lukas Hartwig" in page.locator(".progress").inner_text()


def test_a_note_is_read_by_those_who_work_on_it(windows, desk):
    number = approved(desk, "Hush")
    page = windows("priya.raman", f"/requests/{number}").page
    page.get_by_label("Write a comment").fill("He asks every week")
    page.get_by_label("Files").set_input_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"})
    page.locator(".file").wait_for()
    press(page.get_by_role("button", name="Note for those who work on it"))
    assert "Files come with comments" in page.locator(".errors").inner_text()
    page.get_by_role("button", name="Remove a.pdf").click()
    page.locator(".file").wait_for(state="detached")
    press(page.get_by_role("button", name="Note for those who work on it"))
    assert "He asks every week" in page.locator(".talk").inner_text()
    omar = windows("omar.haddad", f"/requests/{number}").page
    assert "every week" not in omar.content()


def test_a_note_to_one_team_is_read_by_its_members_alone(windows, desk):
    number = approved(desk, "Among ourselves")
    page = windows("priya.raman", f"/requests/{number}").page
    page.locator("summary", has_text="Write a note to one team").click()
    page.locator("#team-note").fill("Ask the supplier first")
    # Without a team it comes again with what was typed.
    for radio in page.locator("input[name=team]").all():
        if radio.is_checked():
            break
    else:
        press(page.get_by_role("button", name="Send the note"))
        assert page.locator(".errors").count() == 1 and page.locator("#team-note").input_value() == "Ask the supplier first"
        page.locator("[id='q-note-team']").get_by_role("radio").first.check()
    assert violations(page, "a note") == []
    press(page.get_by_role("button", name="Send the note"))
    talk = page.locator(".talk").inner_text()
    assert "Ask the supplier first" in talk and "Note for " in talk
    assert "Ask the supplier" not in windows("omar.haddad", f"/requests/{number}").page.content()
    omar = windows("omar.haddad", f"/requests/{number}").page
    assert omar.get_by_text("Write a note to one team").count() == 0


def test_a_request_is_restricted_and_opened_again(windows, desk):
    number = approved(desk, "A quarrel")
    page = windows("priya.raman", f"/requests/{number}").page
    page.locator("summary", has_text="Restrict who sees this").click()
    page.locator("aside").get_by_role("radio").first.check()
    page.locator("#restrict-reason").fill("It is about somebody of us")
    press(page.get_by_role("button", name="Restrict who sees this"))
    assert "It is about somebody of us" in page.locator(".talk").inner_text()
    assert desk.person("priya.raman").show(number).body["restriction"]
    page.locator("summary", has_text="End the restriction").click()
    page.locator("#unrestrict-reason").fill("It is settled")
    press(page.get_by_role("button", name="End the restriction"))
    assert desk.person("priya.raman").show(number).body.get("restriction") is None
    omar = windows("omar.haddad", f"/requests/{number}").page
    assert omar.get_by_text("Restrict who sees this").count() == 0


def test_what_failed_is_tried_again(windows, desk):
    answer = desk.person("omar.haddad").raise_request("it.faulty", {"what": "x"})
    assert answer.status == 201, answer
    number = answer.body["number"]
    desk.person("priya.raman").await_work("part", number)
    page = windows("priya.raman", f"/requests/{number}").page
    assert "Needs a decision" in page.locator(".progress").inner_text()
    press(page.get_by_role("button", name="Try again"))
    story = page.locator(".talk").inner_text()
    assert re.search("again|anew|retried", story), story
    desk.person("priya.raman").await_work("part", number)
    page.reload()
    page.locator("summary", has_text="Give up").click()
    page.locator(".turn").get_by_role("radio").first.check()
    press(page.get_by_role("button", name="Give up"))
    assert "Ended" in page.locator(".facts").inner_text()


def test_a_finished_request_is_taken_up_again(windows, desk):
    number = desk.person("omar.haddad").raise_request("it.quick", {"what": "Again and again"}).body["number"]
    eventually(lambda: desk.person("omar.haddad").show(number).body["phase"] == "closed", what="the end")
    page = windows("omar.haddad", f"/requests/{number}").page
    page.locator("summary", has_text="Open it again").click()
    press(page.get_by_role("button", name="Open it again"))
    page.goto(f"/requests/{number}")
    press(page.get_by_role("link", name=re.compile("^IT-")).first)
    assert page.url.rsplit("/", 1)[1] != number and "Again and again" in page.locator("aside").inner_text()


def test_requests_are_found_by_their_words_and_numbers(windows, desk):
    number = raised(desk, "A periscope for the harbour")
    page = windows("omar.haddad").page
    page.get_by_label("What do you need?").fill("periscope")
    press(page.get_by_role("button", name="Search"))
    section = page.locator("section", has_text="Requests")
    assert number in section.inner_text()
    page.get_by_label("What do you need?").fill(number.lower())
    press(page.get_by_role("button", name="Search"))
    assert page.url.endswith(number)
    other = windows("carla.mendes", "/services?q=periscope").page
    assert number not in other.content()
    other.goto("/services?q=" + "+".join(["word"] * 30))
    assert other.get_by_role("heading", level=1).inner_text() == "Services"


def test_tabs_say_how_much_there_is(windows, desk):
    number = raised(desk, "To be counted", handle="hannah.friedel")
    waiting = len(desk.person("anke.reuter").inbox())
    page = windows("anke.reuter").page
    assert page.locator("nav a[href='/inbox'] .count").inner_text().split()[0] == str(waiting)
    hannah = windows("hannah.friedel").page
    assert hannah.locator("nav a[href='/requests'] .count").inner_text().split()[0] == "1", number


def test_keys_of_their_own_lead_through_the_desk(windows, desk):
    number = raised(desk, "By keys")
    window = windows("anke.reuter", "/profile")
    page = window.page
    page.get_by_label("English").check()
    press(page.get_by_role("button", name=re.compile("^(Save|Speichern)$")))
    keys = Keyboard(page)
    keys.press("?")
    dialog = page.get_by_role("dialog")
    dialog.wait_for()
    assert "Next and previous entry" in dialog.inner_text() and violations(page, "the dialog") == []
    keys.press("Escape")
    dialog.wait_for(state="hidden")
    with page.expect_navigation():
        keys.press("g")
        keys.press("i")
    page.wait_for_load_state()
    row = page.locator(".row-link", has_text=number)
    for _ in range(60):
        keys.press("j")
        if row.evaluate("element => element === document.activeElement"):
            break
    else:
        raise AssertionError("the row was not reached")
    keys.press("x")
    assert page.get_by_label(re.compile(f"Choose: .*, {number}$")).is_checked()
    with page.expect_navigation():
        keys.press("Enter")
    page.wait_for_load_state()
    keys.press("c")
    assert page.evaluate("document.activeElement.id") == "comment"
    # Letters are letters where somebody types.
    keys.write("gi?")
    assert page.get_by_label("Write a comment").input_value() == "gi?"
    page.get_by_role("button", name="Keyboard shortcuts").click()
    page.get_by_role("button", name="Switch them off").click()
    dialog.wait_for(state="hidden")
    page.get_by_role("heading", level=1).click()
    keys.press("?")
    assert not dialog.is_visible()


def test_a_new_colleague_by_keyboard_alone_through_five_hands(windows, desk):
    darius = Keyboard(windows("darius.novak").page)
    darius.to("What do you need?")
    darius.write("colleague")
    darius.enter()
    darius.to("New colleague")
    darius.enter()
    darius.to("Who starts?")
    darius.write("Noor Vermeulen")
    darius.choose("Permanent")
    darius.to("First day")
    # The same in every order of days and months.
    year = 2030
    darius.write(f"0303{year}")
    assert darius.value() == f"{year}-03-03"
    darius.choose("Berlin")
    darius.choose("No")
    darius.tick("Mail and calendar")
    darius.choose("Light")
    darius.to("Yearly salary")
    darius.write("61000")
    darius.to("Send")
    darius.enter()
    number = re.search(r"/requests/(HR-\d+)", darius.page.url).group(1)

    amara = Keyboard(windows("amara.okafor", f"/requests/{number}").page)
    amara.to("Comment")
    amara.write("Welcome!")
    amara.to("Approve")
    amara.enter()
    assert "Welcome!" in amara.page.locator("main").inner_text()

    priya = desk.person("priya.raman").await_work("create")["request"]["number"]
    priya = Keyboard(windows("priya.raman", f"/requests/{priya}").page)
    priya.to("Fill in and complete")
    priya.enter()
    priya.to("Login")
    priya.write("n.vermeulen")
    priya.enter()
    assert "n.vermeulen" in priya.page.locator("main").inner_text()

    place = desk.person("kwame.boateng").await_work("assign")["request"]["number"]
    kwame = Keyboard(windows("kwame.boateng", "/inbox").page)
    kwame.to(f"A desk for Noor Vermeulen {place}")
    kwame.enter()
    kwame.to("Take it")
    kwame.enter()
    kwame.to("Fill in and complete")
    kwame.enter()
    kwame.to("Which desk?")
    kwame.write("B-2.17")
    kwame.enter()
    assert "B-2.17" in kwame.page.locator("main").inner_text()

    desk.person("ines.figueira").await_work("payroll", number)
    ines = Keyboard(windows("ines.figueira", f"/requests/{number}").page)
    assert "61000" in ines.page.locator("main").inner_text()
    ines.to("Complete")
    ines.enter()
    darius.page.reload()
    done = " ".join(darius.page.locator(".progress .done").all_inner_texts())
    assert "Enter the salary" in done


def test_nothing_of_it_shuts_anybody_out(windows, desk):
    number = approved(desk, "For everybody")
    found = []
    for theme in ("light", "dark"):
        page = windows("priya.raman", "/inbox", theme=theme, width=320).page
        found += violations(page, "inbox")
        page.get_by_label(re.compile(f"Choose: .*, {number}$")).check()
        press(page.get_by_role("button", name="Take what is chosen"))
        found += violations(page, "chosen")
        assert not scrolls_sideways(page)
        if theme == "dark":
            press(page.get_by_role("button", name="Take 1"))
            found += violations(page, "done")
        page.goto(f"/requests/{number}?done=claimed:buy")
        found += violations(page, "undo")
        assert not scrolls_sideways(page)
        page.goto("/services?q=everybody")
        found += violations(page, "search")
    assert found == []


def test_words_without_an_end_stay_on_a_telephone(windows, desk):
    number = approved(desk, "W" * 80)
    assert desk.person("omar.haddad").post(f"/requests/{number}/comments", {"text": "W" * 200}).status == 200
    page = windows("priya.raman", width=320).page
    # Nothing of what is wider is cut off.
    wide = """() => [...document.querySelectorAll("main *")].filter((e) => !e.closest(".table-frame, .picture, .hidden")
      && e.getBoundingClientRect().right > innerWidth + 1).map((e) => e.outerHTML.slice(0, 80))"""
    for path in ["/", "/inbox", f"/requests/{number}", f"/requests/{number}/access", f"/services?q={'W' * 80}", "/services?q=" + "x" * 200]:
        page.goto(path)
        assert not scrolls_sideways(page), path
        assert page.evaluate(wide) == [], path


def test_other_sites_do_nothing_with_several(desk):
    anke = desk.sign_in("anke.reuter")
    number = raised(desk, "Not by others")
    body = urllib.parse.urlencode({"do": "approve", "item": f"{number}/1/agree", "key": "k"})
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": anke.cookie}
    for site in ("cross-site", "same-origin"):
        desk.anonymous().send("POST", "/inbox/done", raw=body.encode(), headers={**headers, "Sec-Fetch-Site": site})
    assert status(desk, number, "agree")["status"] == "open"
