"""Sign-in at an OpenID provider: a foreign one from PyPI, and one of the tests' own for what no provider should do."""

import os
import urllib.parse

import pytest
import requests

from desk import PEOPLE, PROBLEMS, Desk, config_with
from provider import CLIENT, SECRET, Provider

# The foreign provider speaks plain HTTP on this machine; its library wants to hear that this is meant.
os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
import oidc_provider_mock  # noqa: E402

START = "/api/v1/sign-in/oidc"


def configuration(folder):
    """The tests' organisation, where the provider says who is in the payroll."""
    config = config_with(folder)
    groups = config / "shared" / "groups.yaml"
    lines = [line for line in groups.read_text().splitlines() if not line.startswith("payroll:")]
    lines.append('payroll: {title: {en: Payroll, de: Lohnbuchhaltung}, claim: "/hr/payroll"}')
    groups.write_text("\n".join(lines) + "\n")
    people = folder / "people.csv"
    people.write_text(PEOPLE.read_text().replace(";payroll", ""))
    return config, people


class SigningDesk(Desk):
    clock = None

    def serve_arguments(self):
        return super().serve_arguments() + (["--test-clock", str(self.clock)] if self.clock else [])


def signing_desk(folder, issuer, clock=None):
    config, people = configuration(folder)
    desk = SigningDesk(config=config)
    desk.clock = clock
    desk.settings += [
        "--public-url", desk.url, "--oidc-issuer", issuer, "--oidc-client-id", CLIENT,
        "--oidc-group-claim", "groups",
    ]
    desk.people = people
    desk.start()
    desk.import_people(people)
    return desk


class Browser:
    """Cookies of one browser, and no redirection that a test does not follow itself."""

    def __init__(self, desk):
        self.desk = desk
        self.session = requests.Session()
        self.session.headers["Accept"] = "application/json"

    def get(self, url, **options):
        url = url if url.startswith("http") else self.desk.url + url
        answer = self.session.get(url, allow_redirects=False, timeout=30, **options)
        if answer.headers.get("Content-Type") == "application/problem+json":
            PROBLEMS.add((answer.status_code, answer.json()["code"]))
        return answer

    def leave(self, path=START):
        """Where the desk sends the browser."""
        answer = self.get(path)
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]

    def come_back(self, path=START):
        """Where the provider of the tests' own sends the browser back to."""
        answer = self.get(self.leave(path))
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]

    def sign_in(self, path=START):
        return self.get(self.come_back(path))

    def me(self):
        return self.get("/api/v1/me")


def refused(answer, status, code):
    assert answer.status_code == status, answer.text
    assert answer.json()["code"] == code, answer.text
    assert "bureau-session" not in answer.headers.get("Set-Cookie", "")
    return answer


@pytest.fixture(scope="module")
def provider():
    provider = Provider()
    yield provider
    provider.stop()


@pytest.fixture(scope="module")
def signing(provider, tmp_path_factory):
    """A desk that knows the provider of the tests' own."""
    os.environ["BUREAU_SECRET_OIDC_CLIENT_SECRET"] = SECRET
    desk = None
    try:
        desk = signing_desk(tmp_path_factory.mktemp("signing"), provider.issuer)
        yield desk
    finally:
        del os.environ["BUREAU_SECRET_OIDC_CLIENT_SECRET"]
        if desk:
            desk.clear()


@pytest.fixture(autouse=True)
def honest(provider):
    provider.subject, provider.claims = "4711", {"preferred_username": "amara.okafor"}
    provider.lies, provider.header, provider.denies, provider.is_away = {}, {}, None, False


def test_somebody_signs_in_at_a_foreign_provider(tmp_path, monkeypatch):
    monkeypatch.setenv("BUREAU_SECRET_OIDC_CLIENT_SECRET", SECRET)
    with oidc_provider_mock.run_server_in_thread(require_nonce=True) as server:
        issuer = f"http://localhost:{server.server_port}"
        desk = None
        try:
            desk = signing_desk(tmp_path, issuer)
            requests.put(f"{issuer}/users/amara", json={"preferred_username": "amara.okafor"}, timeout=30)
            requests.put(f"{issuer}/users/mallory", json={"preferred_username": "mallory"}, timeout=30)
            browser = Browser(desk)
            answer = requests.post(
                browser.leave(START + "?return_to=/api/v1/me"), data={"sub": "amara"}, allow_redirects=False, timeout=30
            )
            back = answer.headers["Location"]
            kept = dict(browser.session.cookies)
            answer = browser.get(back)
            assert answer.status_code == 303 and answer.headers["Location"] == "/api/v1/me", answer.text
            assert browser.me().json()["person"]["handle"] == "amara.okafor"

            # The same answer once more, with the cookie that the desk has taken away since.
            again = Browser(desk)
            again.session.cookies.update(kept)
            refused(again.get(back), 409, "sign_in.not_current")
            # The code with a state that is good.
            again.session.cookies.clear()
            state = urllib.parse.parse_qs(urllib.parse.urlsplit(again.leave()).query)["state"][0]
            code = urllib.parse.parse_qs(urllib.parse.urlsplit(back).query)["code"][0]
            refused(again.get(f"{START}/callback?state={state}&code={code}"), 409, "sign_in.not_current")

            stranger = Browser(desk)
            answer = requests.post(stranger.leave(), data={"sub": "mallory"}, allow_redirects=False, timeout=30)
            refused(stranger.get(answer.headers["Location"]), 403, "sign_in.not_in_directory")
            assert SECRET not in desk.log.read_text() and code not in desk.log.read_text()
        finally:
            if desk:
                desk.clear()


def test_the_session_is_the_browsers_alone(signing):
    browser = Browser(signing)
    answer = browser.sign_in()
    assert answer.status_code == 303 and answer.headers["Location"] == "/", answer.text
    cookies = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookies and "SameSite=Lax" in cookies
    assert "bureau-sign-in" not in browser.session.cookies.get_dict()
    assert browser.me().json()["person"]["handle"] == "amara.okafor"
    assert answer.headers["Cache-Control"] == "no-store" and answer.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_a_link_to_the_sign_in_leads_nowhere_else(signing, target):
    answer = Browser(signing).sign_in(START + "?" + urllib.parse.urlencode({"return_to": target}))
    assert answer.status_code == 303 and answer.headers["Location"] == "/"


def test_an_answer_is_good_once_and_in_one_browser(signing):
    browser = Browser(signing)
    back = browser.come_back()
    refused(Browser(signing).get(back), 409, "sign_in.not_current")
    other = Browser(signing)
    other.leave()
    # Another browser's own cookie does not fit; and now that the state was shown, it is over for everybody.
    refused(other.get(back), 409, "sign_in.not_current")
    refused(browser.get(back), 409, "sign_in.not_current")


def test_a_wrong_or_missing_state_is_refused(signing):
    for query in ["code=abc&state=" + "A" * 43, "code=abc&state=x", "code=abc", "state=" + "A" * 43, ""]:
        browser = Browser(signing)
        browser.leave()
        refused(browser.get(f"{START}/callback?{query}"), 409, "sign_in.not_current")
    browser = Browser(signing)
    browser.leave()
    assert browser.get(f"{START}/callback?state=a&state=b").status_code == 400
    assert browser.get(f"{START}/callback?state=a&code={'c' * 5000}").status_code == 400
    assert browser.session.head(signing.url + START + "/callback?state=a", timeout=30).status_code == 405


def test_the_providers_refusal_is_told_and_repeats_nothing_of_it(signing, provider):
    provider.denies = "access_denied"
    answer = refused(Browser(signing).sign_in(), 403, "sign_in.declined")
    assert "script" not in answer.text
    browser = Browser(signing)
    browser.session.headers["Accept"] = "text/html,application/xhtml+xml,*/*;q=0.8"
    answer = browser.sign_in()
    assert answer.status_code == 403 and answer.headers["Content-Type"].startswith("text/html")
    assert "did not sign you in" in answer.text and "script" not in answer.text
    provider.denies = "temporarily_unavailable"
    assert Browser(signing).sign_in().status_code == 503


@pytest.mark.parametrize(
    "lies, header",
    [
        ({"nonce": "another"}, {}), ({"nonce": None}, {}), ({"aud": "wiki"}, {}), ({"aud": [CLIENT, "wiki"]}, {}),
        ({"iss": "https://evil.example"}, {}), ({"exp": 1}, {}), ({"iat": 4102444800}, {}), ({"sub": None}, {}),
        ({}, {"kid": "unheard-of"}), ({}, {"typ": "at+jwt"}),
    ],
)
def test_a_token_that_lies_signs_nobody_in(signing, provider, lies, header):
    provider.lies, provider.header = lies, header
    browser = Browser(signing)
    refused(browser.sign_in(), 403, "sign_in.not_proven")
    assert browser.me().status_code == 401


def test_strangers_and_leavers_are_refused_alike(signing, provider):
    provider.subject, provider.claims = "1", {"preferred_username": "mallory"}
    stranger = refused(Browser(signing).sign_in(), 403, "sign_in.not_in_directory")
    lines = signing.people.read_text().splitlines(keepends=True)
    provider.subject, provider.claims = "2", {"preferred_username": "petra.novak"}
    joined = signing.people.with_name("joined.csv")
    joined.write_text("".join(lines) + "petra.novak,Petra Novak,petra.novak@larkfield.example,,berlin,en,staff\n")
    signing.import_people(joined)
    browser = Browser(signing)
    assert browser.sign_in().status_code == 303
    assert browser.me().status_code == 200
    signing.import_people(signing.people)
    leaver = refused(Browser(signing).sign_in(), 403, "sign_in.not_in_directory")
    assert leaver.json() == stranger.json()


def test_a_sign_in_that_is_too_weak_opens_nothing(provider, tmp_path, monkeypatch):
    monkeypatch.setenv("BUREAU_SECRET_OIDC_CLIENT_SECRET", SECRET)
    monkeypatch.setenv("BUREAU_OIDC_AMR", "mfa")
    desk = None
    try:
        desk = signing_desk(tmp_path, provider.issuer)
        provider.lies = {"amr": ["pwd"]}
        refused(Browser(desk).sign_in(), 403, "sign_in.too_weak")
        provider.lies = {"amr": ["pwd", "mfa"]}
        assert Browser(desk).sign_in().status_code == 303
    finally:
        if desk:
            desk.clear()


def test_a_name_that_goes_to_another_account_opens_nothing(signing, provider):
    assert Browser(signing).sign_in().status_code == 303
    provider.subject = "another amara"
    refused(Browser(signing).sign_in(), 403, "sign_in.other_identity")
    untie = ["people", "untie", "amara.okafor", *signing.options()]
    signing.administer(*untie)
    assert Browser(signing).sign_in().status_code == 303
    signing.administer(*untie)


def test_the_provider_says_who_is_in_the_groups_that_are_its_own(signing, provider):
    def groups():
        browser = Browser(signing)
        assert browser.sign_in().status_code == 303
        return {group["party"] for group in browser.me().json()["groups"]}

    provider.claims["groups"] = ["/hr/payroll", "/everything/else"]
    assert "group:payroll" in groups()
    signing.import_people(signing.people)
    provider.claims["groups"] = ["hr-leads"]
    assert "group:payroll" not in groups()
    provider.claims["groups"] = "/hr/payroll"
    assert "group:payroll" in groups()
    del provider.claims["groups"]
    assert "group:payroll" not in groups()


def test_a_provider_that_is_away_says_so_and_ends_no_session(signing, provider):
    browser = Browser(signing)
    assert browser.sign_in().status_code == 303
    late = Browser(signing)
    back = late.come_back()
    provider.is_away = True
    answer = late.get(back)
    assert answer.status_code == 503 and answer.json()["code"] == "sign_in.provider_away", answer.text
    assert int(answer.headers["Retry-After"]) > 0
    assert browser.me().status_code == 200


def test_signing_out_goes_on_at_the_provider(signing, provider):
    browser = Browser(signing)
    browser.sign_in()
    token = browser.get("/api/v1/session").json()["csrf_token"]
    answer = browser.session.delete(
        signing.url + "/api/v1/session", headers={"X-CSRF-Token": token, "Origin": signing.url}, timeout=30
    )
    assert answer.status_code == 200, answer.text
    address = urllib.parse.urlsplit(answer.json()["continue_at"])
    assert provider.issuer + "/out" == f"{address.scheme}://{address.netloc}{address.path}"
    query = dict(urllib.parse.parse_qsl(address.query))
    assert query == {"client_id": CLIENT, "post_logout_redirect_uri": signing.url + "/"}
    assert browser.me().status_code == 401


def test_a_rotated_key_is_believed_and_the_old_one_forgotten(provider, tmp_path, monkeypatch):
    """On a desk whose clock the test moves: for a key that it does not know it asks once a minute at most."""
    monkeypatch.setenv("BUREAU_SECRET_OIDC_CLIENT_SECRET", SECRET)
    monkeypatch.setenv("BUREAU_ALLOW_TEST_CLOCK", "yes")
    clock = tmp_path / "clock"
    clock.write_text("0")
    desk = None
    before = provider.asked.count("/realm/keys")
    try:
        desk = signing_desk(tmp_path, provider.issuer, clock=clock)
        assert Browser(desk).sign_in().status_code == 303
        old = provider.signer
        provider.rotate("EC")
        for _ in range(3):
            refused(Browser(desk).sign_in(), 403, "sign_in.not_proven")
        assert provider.asked.count("/realm/keys") == before + 1
        clock.write_text("61")
        assert Browser(desk).sign_in().status_code == 303
        assert provider.asked.count("/realm/keys") == before + 2
        provider.signer = old
        refused(Browser(desk).sign_in(), 403, "sign_in.not_proven")
    finally:
        provider.rotate()
        if desk:
            desk.clear()


def test_a_desk_without_a_provider_says_so(desk):
    answer = desk.anonymous().get("/sign-in/oidc")
    assert (answer.status, answer.code) == (404, "sign_in.no_provider")
