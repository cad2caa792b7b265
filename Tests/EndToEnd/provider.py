"""An OpenID provider that the tests hold in their hands: it signs with real keys, and lies when a test wants it to."""

import base64
import hashlib
import http.server
import json
import secrets
import threading
import time
import urllib.parse

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

CLIENT = "bureau"
SECRET = "a-secret+/%"


class Provider:
    def __init__(self):
        self.subject = "4711"
        self.claims = {"preferred_username": "amara.okafor"}
        # What a test changes: claims of the next tokens, their header, who signs them.
        self.lies = {}
        self.header = {}
        self.denies = None
        self.is_away = False
        self.codes = {}
        self.asked = []
        self.signer, self.keys = None, []
        self.rotate()
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                outer.answer(self)

            do_POST = do_GET

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.issuer = f"http://127.0.0.1:{self.server.server_port}/realm"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def rotate(self, kind="RSA"):
        """The provider has one key, which is a new one now."""
        name = secrets.token_hex(8)
        key = RSAKey.generate_key(2048, {"kid": name}) if kind == "RSA" else ECKey.generate_key("P-256", {"kid": name})
        self.signer, self.keys = key, [key]

    def answer(self, handler):
        url = urllib.parse.urlsplit(handler.path)
        length = int(handler.headers.get("Content-Length") or 0)
        form = dict(urllib.parse.parse_qsl(handler.rfile.read(length).decode()))
        query = dict(urllib.parse.parse_qsl(url.query))
        self.asked.append(url.path)
        status, headers, body = self.reply(url.path.removeprefix("/realm"), query, form, handler.headers)
        data = json.dumps(body).encode()
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)

    def reply(self, path, query, form, headers):
        if self.is_away:
            return 503, {}, {}
        if path == "/.well-known/openid-configuration":
            return 200, {}, {
                "issuer": self.issuer,
                "authorization_endpoint": self.issuer + "/authorize",
                "token_endpoint": self.issuer + "/token",
                "jwks_uri": self.issuer + "/keys",
                "end_session_endpoint": self.issuer + "/out",
                "id_token_signing_alg_values_supported": ["RS256", "ES256"],
                "code_challenge_methods_supported": ["S256"],
                "authorization_response_iss_parameter_supported": True,
            }
        if path == "/keys":
            return 200, {"Cache-Control": "max-age=3600"}, {"keys": [key.as_dict(private=False) for key in self.keys]}
        if path == "/authorize":
            assert query["response_type"] == "code" and query["code_challenge_method"] == "S256", query
            assert query["client_id"] == CLIENT and "openid" in query["scope"].split(), query
            back = {"state": query["state"], "iss": self.issuer, "session_state": "of no interest"}
            if self.denies:
                back["error"] = self.denies
                back["error_description"] = "<script>alert(1)</script>"
            else:
                back["code"] = secrets.token_urlsafe(300)
                self.codes[back["code"]] = query
            return 302, {"Location": query["redirect_uri"] + "?" + urllib.parse.urlencode(back)}, {}
        if path == "/token":
            return self.token(form, headers)
        return 404, {}, {}

    def token(self, form, headers):
        pair = f"{CLIENT}:{urllib.parse.quote(SECRET, safe='')}"
        if headers.get("Authorization") != "Basic " + base64.b64encode(pair.encode()).decode():
            return 401, {}, {"error": "invalid_client"}
        asked = self.codes.pop(form["code"], None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).decode()
        if (
            not asked
            or form["grant_type"] != "authorization_code"
            or form["redirect_uri"] != asked["redirect_uri"]
            or challenge.rstrip("=") != asked["code_challenge"]
        ):
            return 400, {}, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {
            "iss": self.issuer, "aud": CLIENT, "sub": self.subject, "nonce": asked["nonce"], "iat": now,
            "exp": now + 300, **self.claims, **self.lies,
        }
        key = self.signer
        algorithm = "RS256" if key.key_type == "RSA" else "ES256"
        token = jwt.encode(
            {"alg": algorithm, "kid": key.kid, **self.header}, {k: v for k, v in claims.items() if v is not None}, key
        )
        return 200, {}, {"id_token": token, "access_token": "opaque", "token_type": "Bearer"}

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
