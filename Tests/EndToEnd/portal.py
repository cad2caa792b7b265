"""Browsers on the portal, and an organisation with a request type that has every kind of question."""

import contextlib
import re
import shutil
import urllib.parse

from playwright.sync_api import sync_playwright

from desk import Desk, eventually
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
def portal_desk(tmp_path_factory, **types):
    """A desk with that organisation and further request types of IT, in which anybody signs in as anybody."""
    folder = tmp_path_factory.mktemp("portal")
    folder.chmod(0o755)
    config = portal_config(folder)
    for name, text in types.items():
        (config / "departments" / "it" / "requests" / f"{name}.yaml").write_text(text)
    desk = Desk(config=config, settings=["--demo-sign-in", "yes"])
    try:
        desk.start()
        desk.import_people()
        yield desk
    finally:
        desk.clear()


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


class Keyboard:
    """Somebody who has no mouse: what they do is keys alone."""

    # What a screen reader would call what has the focus.
    NAME = """() => {
      const element = document.activeElement;
      const text = element.labels?.length ? element.labels[0].textContent : element.getAttribute("aria-label") ?? element.textContent;
      return (text || "").replace(/\\s+/g, " ").trim();
    }"""

    def __init__(self, page):
        self.page = seen(page)

    def press(self, key):
        self.page.keyboard.press(key)

    def write(self, text):
        self.page.keyboard.type(text)

    def name(self):
        return self.page.evaluate(self.NAME)

    def value(self):
        return self.page.evaluate("document.activeElement.value")

    def to(self, name, loose=False):
        """Goes on with the tabulator until something of that name has the focus, once around the page at most."""
        pattern = re.compile(re.escape(name) if loose else f"^{re.escape(name)}(?:$| )")
        passed = []
        for _ in range(250):
            self.press("Tab")
            passed.append(self.name())
            if pattern.search(passed[-1]):
                return
        raise AssertionError(f"nothing called {name!r} among {passed}")

    def enter(self):
        with self.page.expect_navigation():
            self.press("Enter")
        seen(self.page)

    def choose(self, label):
        """One of several answers, wherever it stands among them."""
        self.until_group(label)
        options = self.page.evaluate(
            """() => { const a = document.activeElement; return a.type === "radio"
              ? [...document.getElementsByName(a.name)].map((b) => b.labels[0].textContent.trim()) : null }"""
        )
        if options is None:
            self.write(label)
            return
        self.press("Space")
        for _ in options:
            if self.name() == label:
                return
            self.press("ArrowDown")
        assert self.name() == label, options

    def until_group(self, label):
        for _ in range(250):
            self.press("Tab")
            labels = self.page.evaluate(
                """() => { const a = document.activeElement;
                  if (a.tagName === "SELECT") return [...a.options].map((b) => b.textContent.trim());
                  if (a.type !== "radio") return [];
                  return [...document.getElementsByName(a.name)].map((b) => b.labels[0].textContent.trim()) }"""
            )
            if label in labels:
                return
        raise AssertionError(f"no answer {label!r}")

    def tick(self, label):
        self.to(label)
        self.press("Space")
