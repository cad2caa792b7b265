"""Browsers on the portal, and an organisation with a request type that has every kind of question."""

import contextlib
import shutil
import urllib.parse

from playwright.sync_api import sync_playwright

from desk import eventually
from playground import playground

EQUIPMENT = """
title: {en: Equipment, de: Ausstattung}
summary: {en: Things for your desk or for a trip., de: Dinge für den Arbeitsplatz oder für eine Reise.}
audience: [role:employee]
outcomes: {done: good, rejected: bad, withdrawn: bad}
form:
  reason: {label: {en: What is it for?, de: Wofür?}, type: text, max_length: 80}
  kind:
    label: {en: Where will you use it?, de: Wo brauchen Sie es?}
    type: choice
    of:
      office: {en: In the office, de: Im Büro}
      travel: {en: On a trip, de: Auf einer Reise}
  trip_ends:
    label: {en: When does the trip end?, de: Wann endet die Reise?}
    type: date
    ask_when: kind == "travel"
    check: trip_ends >= today
    message: {en: The trip is over., de: Die Reise ist vorbei.}
  items:
    label: {en: Item, de: Ding}
    type: rows
    min: 1
    max: 3
    columns:
      what: {label: {en: What?, de: Was?}, type: text}
      price: {label: {en: Price, de: Preis}, type: money}
      count: {label: {en: How many?, de: Wie viele?}, type: integer, min: 1, max: 9}
      cost: {label: {en: Cost, de: Kosten}, type: money, value: price * count}
  total: {label: {en: Together, de: Zusammen}, type: money, value: 'sum(items.map(r, r.cost), money("0 EUR"))'}
  colleague: {label: {en: Shared with, de: Zusammen mit}, type: person, optional: true}
  urgent: {label: {en: Is it urgent?, de: Eilt es?}, type: yes_no}
  extras:
    label: {en: Extras, de: Extras}
    type: choices
    of: {bag: {en: A bag, de: Eine Tasche}, plug: {en: A plug, de: Ein Stecker}}
    optional: true
  marks: {label: {en: Marks, de: Kennzeichen}, type: list, of: {type: text}, max: 4, optional: true}
  handover: {label: {en: Handed over at, de: Übergabe um}, type: datetime, optional: true}
  sketch: {label: {en: Sketch, de: Skizze}, type: file, types: [image, pdf], max_size: 100 kB, optional: true}
  papers: {label: {en: Papers, de: Papiere}, type: list, of: {type: file, types: [pdf]}, max: 3, optional: true}
  notes: {label: {en: Anything else?, de: Sonst noch etwas?}, type: long_text, optional: true}
amend:
  reason: {by: [requester]}
  papers: {by: [requester]}
cancel: {by: [requester], outcome: withdrawn}
steps:
  - approval: agree
    title: {en: "Agree to {{ reason }}", de: "{{ reason }} genehmigen"}
    stage: {en: Approval, de: Genehmigung}
    from: manager_of(requester)
    need: any
    fallback: role:it-lead
    due: 3 working days
    on_overdue: {tell: team:it}
    on_rejected: {end: rejected}
  - task: buy
    after: agree
    title: {en: Buy it, de: Kaufen}
    stage: {en: Purchase, de: Einkauf}
    assign: team:it
    checklist:
      budget: {en: Budget is there, de: Geld ist da}
    form:
      order: {label: {en: Order number, de: Bestellnummer}, type: text}
    due: 5 working days
    on_overdue: {tell: team:it}
feedback: ask
"""


def portal_config(folder):
    config = playground(folder)
    (config / "departments" / "it" / "requests" / "equipment.yaml").write_text(EQUIPMENT)
    return config


@contextlib.contextmanager
def chromium():
    """Debian's browser."""
    with sync_playwright() as playwright:
        program = shutil.which("chromium")
        assert program, "apt-get install chromium"
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


def press(target):
    """Clicks what leads to a page, and waits for the page: a click alone returns while the old one still stands."""
    with target.page.expect_navigation():
        target.click()


def seen(page):
    """Waits until something of the page is painted: before that the browser drops what is typed. Asks from outside, as the page's policy
    allows no text that is run."""
    painted = "performance.getEntriesByName('first-contentful-paint').length > 0"
    eventually(lambda: page.evaluate(painted), what="the first paint")
    return page


class Window:
    """A browser's window in which somebody works. What the console complains of fails the test that closes it."""

    def __init__(self, browser, desk, script=True, width=1200, height=900, theme="light", language="en-GB"):
        self.desk = desk
        self.context = browser.new_context(
            java_script_enabled=script, viewport={"width": width, "height": height}, color_scheme=theme,
            locale=language, base_url=desk.url,
        )
        self.context.set_default_timeout(10_000)
        self.page = self.context.new_page()
        self.complaints = []
        self.page.on("console", self.listen)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def listen(self, message):
        # Answers that say what is wrong are no complaints.
        if message.type == "error" and "the server responded with a status of 4" not in message.text:
            self.complaints.append(message.text)

    def sign_in(self, handle, path="/"):
        self.page.goto("/sign-in?return_to=" + urllib.parse.quote(path, safe=""))
        self.page.select_option("select[name=handle]", handle)
        press(self.page.get_by_role("button", name="Sign in").or_(self.page.get_by_role("button", name="Anmelden")))
        return self.page

    def close(self):
        self.context.close()
        assert self.complaints == []
