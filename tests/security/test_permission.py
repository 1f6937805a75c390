"""Who is let in: by address, and by what the host has set up."""

import tomllib

import pytest

from cscdash.settings import variables
from cscdash.views.frame.permission import may_enter, read_sign_in
from tests.standin.secrets_files import AUTH, LISTED, NOT_SURELY_OPEN, changed

DOMAINS = ("council.gov.uk", "xn--mnchen-3ya.example")  # the second is münchen.example

LET_IN = [
    "someone@council.gov.uk",
    "some.one@council.gov.uk",
    "SOMEONE@COUNCIL.GOV.UK",
    "Some.One@Council.Gov.Uk",
    "o'neill@council.gov.uk",
    "some+one@council.gov.uk",
    "some_one-2@council.gov.uk",
    "s@council.gov.uk",
    "zoë@council.gov.uk",
    "someone@münchen.example",
    "someone@MÜNCHEN.example",
    "someone@xn--mnchen-3ya.example",
    "someone@XN--MNCHEN-3YA.EXAMPLE",
    "!#$%&'*+-/=?^_`{|}~@council.gov.uk",
]

REFUSED = [
    "",
    " ",
    "@",
    "council.gov.uk",
    "@council.gov.uk",
    "someone",
    "someone@",
    "someone@@council.gov.uk",
    "someone@elsewhere.example@council.gov.uk",
    "someone@council.gov.uk@elsewhere.example",
    "someone@council.gov.uk@council.gov.uk",
    '"someone@elsewhere.example"@council.gov.uk',
    '"someone"@council.gov.uk',
    "someone@sub.council.gov.uk",
    "someone@council.gov.uk.elsewhere.example",
    "someone@elsewhere-council.gov.uk",
    "someone@xcouncil.gov.uk",
    "someone@council-gov.uk",
    "someone@council.gov",
    "someone@gov.uk",
    "someone@uk",
    "someone@.council.gov.uk",
    "someone@council.gov.uk.",
    "someone@council..gov.uk",
    "someone@council.gov.uk/",
    "someone@council.gov.uk#",
    "someone@council.gov.uk?x",
    "someone@council.gov.uk:443",
    "someone@council.gov.uk%00",
    "someone@[council.gov.uk]",
    "someone@[127.0.0.1]",
    "<someone@council.gov.uk>",
    "Someone <someone@council.gov.uk>",
    "someone@council.gov.uk>",
    "someone@elsewhere.example,someone@council.gov.uk",
    "someone,other@council.gov.uk",
    "someone@elsewhere.example;@council.gov.uk",
    "someone@elsewhere.example someone@council.gov.uk",
    " someone@council.gov.uk",
    "someone@council.gov.uk ",
    "some one@council.gov.uk",
    "someone@ council.gov.uk",
    "someone@council.gov.uk\n",
    "someone\r\n@council.gov.uk",
    "someone\t@council.gov.uk",
    "someone\x00@council.gov.uk",
    "someone@council.gov.uk\x00.elsewhere.example",
    "someone\x7f@council.gov.uk",
    "someone@council.gov\u00a0.uk",
    "someone@council\u200b.gov.uk",  # zero-width space
    "someone@council\u00ad.gov.uk",  # soft hyphen
    "someone@council\u200d.gov.uk",  # zero-width joiner
    "\ufeffsomeone@council.gov.uk",  # byte order mark
    "someone\u202e@council.gov.uk",  # right-to-left override
    "someone@council.gov.uk\u2028",
    "someone@\uff43ouncil.gov.uk",  # full-width c, which some software reads as c
    "someone@council\u3002gov\u3002uk",  # ideographic full stops, which some software reads as dots
    "someone@c\u043euncil.gov.uk",  # Cyrillic o
    "someone@council.gov.uk\u0301",  # a combining accent
    "someone\uff20council.gov.uk",  # full-width @ alone
    "someone@xn--.example",
    "someone@xn--a.example",
    "someone@-council.gov.uk",
    "someone@" + "a" * 64 + ".gov.uk",
    "a" * 300 + "@council.gov.uk",
    "some\\one@council.gov.uk",
    "someone(comment)@council.gov.uk",
    "someone@council.gov.uk(comment)",
    "\ud800@council.gov.uk",
    "\ue000@council.gov.uk",
]


def test_there_are_enough_addresses() -> None:
    assert len(LET_IN) + len(REFUSED) >= 60
    assert len({*LET_IN, *REFUSED}) == len(LET_IN) + len(REFUSED)


@pytest.mark.parametrize("address", LET_IN)
def test_an_address_of_a_listed_domain_is_let_in(address: str) -> None:
    assert may_enter({"email": address}, DOMAINS)
    assert may_enter({"email": address, "email_verified": True}, DOMAINS)
    assert not may_enter({"email": address}, ())
    assert not may_enter({"email": address}, ("elsewhere.example",))


@pytest.mark.parametrize("address", REFUSED, ids=ascii)
def test_any_other_address_is_refused(address: str) -> None:
    assert not may_enter({"email": address, "email_verified": True}, DOMAINS)


@pytest.mark.parametrize("address", [None, 1, True, ["someone@council.gov.uk"], {}, b"a@b.example"])
def test_what_is_no_text_is_no_address(address: object) -> None:
    assert not may_enter({"email": address}, DOMAINS)
    assert not may_enter({}, DOMAINS)


@pytest.mark.parametrize(
    "verified", [False, None, "true", "True", "false", "", 1, 0, 1.0, [True], [], {}, {"a": 1}]
)
def test_only_true_or_nothing_is_verified(verified: object) -> None:
    assert not may_enter({"email": LET_IN[0], "email_verified": verified}, DOMAINS)


@pytest.mark.parametrize("name", NOT_SURELY_OPEN)
def test_what_is_not_surely_open_is_closed_and_says_why(name: str) -> None:
    found = read_sign_in(tomllib.loads(NOT_SURELY_OPEN[name]), variables())
    assert found.needed and not found.complete and found.domains == ()
    assert found.wrong.endswith(".") and "0123456789abcdef" not in found.wrong


def test_settings_alone_leave_the_app_open() -> None:
    secrets = 'CSCDASH_HOSTED = "1"\nCSCDASH_HOME_AREA = "E12000005"'
    assert not read_sign_in(tomllib.loads(secrets), variables()).needed


def test_complete_secrets_ask_for_signing_in() -> None:
    found = read_sign_in(tomllib.loads('CSCDASH_HOSTED = "1"\n' + AUTH + LISTED), variables())
    assert found.complete and found.domains == ("council.gov.uk",)
    local = changed("redirect_uri", '"http://127.0.0.1:8501/oauth2callback"')
    assert read_sign_in(tomllib.loads(local + LISTED), variables()).complete
