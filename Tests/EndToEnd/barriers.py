"""What keeps people out of pages: looked for by axe, by a strict parser, and by the width of a telephone."""

import contextlib
import re

import html5lib
from axe_playwright_python.sync_playwright import Axe


def violations(page, path):
    """What axe finds on the page as it is now."""
    with runnable(page) as looked_at:
        results = Axe().run(looked_at, options={"resultTypes": ["violations"]}).response
    return [
        (path, violation["id"], node["target"], node["failureSummary"])
        for violation in results["violations"]
        for node in violation["nodes"]
    ]


@contextlib.contextmanager
def runnable(page):
    """The page, where script runs. In a window without it axe would wait for ever, so it looks at the same page in another window, in
    which everything stands as those see it who have no script, and the page's own does not run."""
    if page.evaluate("matchMedia('(scripting: enabled)').matches"):
        yield page
        return
    url = page.url.split("#")[0]
    html = re.sub(r"<(/?)noscript\b", r"<\1div", page.content())

    def answer(route):
        if route.request.resource_type == "document":
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        elif route.request.resource_type == "script":
            route.abort()
        else:
            route.continue_()

    is_dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    context = page.context.browser.new_context(
        viewport=page.viewport_size, color_scheme="dark" if is_dark else "light")
    try:
        copy = context.new_page()
        copy.route("**/*", answer)
        copy.goto(url)
        yield copy
    finally:
        context.close()


def scrolls_sideways(page):
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def check_html(text, path):
    """That a page is valid, that its identifiers are unique, and that what refers to them finds them."""
    html5lib.HTMLParser(strict=True).parse(text)
    names = re.findall(r'\sid="([^"]*)"', text)
    assert len(names) == len(set(names)), (path, sorted(name for name in names if names.count(name) > 1))
    for target in re.findall(r'(?:for|aria-labelledby)="([^"]*)"', text):
        assert target in names, (path, target)
