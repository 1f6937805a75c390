"""Secrets files as hosts write them: none of these leaves the app open."""

AUTH = """
[auth]
redirect_uri = "https://app.example/oauth2callback"
cookie_secret = "0123456789abcdef"
client_id = "cscdash"
client_secret = "of this test"
server_metadata_url = "https://provider.example/.well-known/openid-configuration"
"""
LISTED = '[sign_in]\ndomains = ["Council.gov.uk"]\n'


def without(name: str) -> str:
    lines = AUTH.splitlines()
    left = [line for line in lines if not line.startswith(f"{name} ")]
    assert len(left) == len(lines) - 1
    return "\n".join(left) + "\n"


def changed(name: str, value: str) -> str:
    return without(name) + f"{name} = {value}\n"


NOT_SURELY_OPEN = {
    "an empty file": "",
    "a comment alone": "# domains follow",
    "only [auth]": AUTH,
    "only [sign_in]": LISTED,
    "[Auth]": AUTH.replace("[auth]", "[Auth]") + LISTED,
    "[Auth] alone": AUTH.replace("[auth]", "[Auth]"),
    "[oauth]": AUTH.replace("[auth]", "[oauth]"),
    "[signin]": AUTH + LISTED.replace("sign_in", "signin"),
    "[sign-in]": AUTH + LISTED.replace("sign_in", "sign-in"),
    "[sign-in] alone": LISTED.replace("sign_in", "sign-in"),
    "domains without a section": 'domains = ["council.gov.uk"]',
    "domains in [auth]": AUTH + 'domains = ["council.gov.uk"]',
    "[sign_in] is text": f'sign_in = "council.gov.uk"\n{AUTH}',
    "[auth] is text": f'auth = "yes"\n{LISTED}',
    "[auth] is empty": f"[auth]\n{LISTED}",
    "[sign_in] is empty": f"{AUTH}[sign_in]\n",
    "no domains": AUTH + "[sign_in]\ndomains = []",
    "domains are text": AUTH + '[sign_in]\ndomains = "council.gov.uk"',
    "domains are a number": AUTH + "[sign_in]\ndomains = 1",
    "domains are a table": AUTH + '[sign_in]\ndomains = { a = "council.gov.uk" }',
    "domains are true": AUTH + "[sign_in]\ndomains = true",
    "a domain is a number": AUTH + "[sign_in]\ndomains = [1]",
    "a domain is a list": AUTH + '[sign_in]\ndomains = [["council.gov.uk"]]',
    "a domain is empty": AUTH + '[sign_in]\ndomains = ["council.gov.uk", ""]',
    "a domain is a star": AUTH + '[sign_in]\ndomains = ["*"]',
    "a domain has a star": AUTH + '[sign_in]\ndomains = ["*.gov.uk"]',
    "a domain has an @": AUTH + '[sign_in]\ndomains = ["@council.gov.uk"]',
    "a domain is an address": AUTH + '[sign_in]\ndomains = ["someone@council.gov.uk"]',
    "two domains in one text": AUTH + '[sign_in]\ndomains = ["a.example, b.example"]',
    "a misspelt list": AUTH + '[sign_in]\ndomain = ["council.gov.uk"]',
    "a list and something else": AUTH + LISTED + "open = true",
    "no redirect_uri": without("redirect_uri") + LISTED,
    "no cookie_secret": without("cookie_secret") + LISTED,
    "no client_id": without("client_id") + LISTED,
    "no client_secret": without("client_secret") + LISTED,
    "no server_metadata_url": without("server_metadata_url") + LISTED,
    "an empty cookie_secret": changed("cookie_secret", '""') + LISTED,
    "a short cookie_secret": changed("cookie_secret", '"secret"') + LISTED,
    "a cookie_secret from the page for hosts": changed(
        "cookie_secret", '"a long random text of your own"'
    )
    + LISTED,
    "a cookie_secret that is a number": changed("cookie_secret", "1234567890123456") + LISTED,
    "a provider without https": changed("server_metadata_url", '"http://provider.example/x"')
    + LISTED,
    "a provider that is no address": changed("server_metadata_url", '"https://[::1"') + LISTED,
    "a redirect elsewhere": changed("redirect_uri", '"https://app.example/"') + LISTED,
    "an unknown setting": 'CSCDASH_HOSTD = "1"',
    "a setting in a section": '[general]\nCSCDASH_HOSTED = "1"',
    "a setting that is not text": "CSCDASH_HOSTED = true",
    "something of another program": '[connections.other]\nurl = "x"',
}
