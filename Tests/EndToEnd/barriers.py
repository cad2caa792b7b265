"""What keeps people out of pages: looked for by axe, by a strict parser, and by the width of a telephone."""

import re

import html5lib
from axe_playwright_python.sync_playwright import Axe


def violations(page, path):
    """What axe finds on the page as it is now."""
    results = Axe().run(page, options={"resultTypes": ["violations"]}).response
    return [
        (path, violation["id"], node["target"], node["failureSummary"])
        for violation in results["violations"]
        for node in violation["nodes"]
    ]


def scrolls_sideways(page):
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def check_html(text, path):
    """That a page is valid, that its identifiers are unique, and that what refers to them finds them."""
    html5lib.HTMLParser(strict=True).parse(text)
    names = re.findall(r'\sid="([^"]*)"', text)
    assert len(names) == len(set(names)), (path, sorted(name for name in names if names.count(name) > 1))
    for target in re.findall(r'(?:for|aria-labelledby)="([^"]*)"', text):
        assert target in names, (path, target)
