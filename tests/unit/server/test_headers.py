"""What a browser is told to do with an answer."""

from pathlib import Path

import pytest
from starlette.responses import Response

from server.content_policy import Kind, kind_of, policies
from server.headers import SecurityHeaders
from tests.unit.server.asgi import ask, says_yes, scope_of

# The digest is that of `alert(1)`, made with openssl.
PAGE = '<script>alert(1)</script><script type="module" src="./static/js/index.js"></script>'
DIGEST = "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """Streamlit's page, with one script in it."""
    path = tmp_path / "index.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


@pytest.mark.parametrize("base", ["", "/wards", "wards/"])
@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", Kind.PAGE),
        ("/explore", Kind.PAGE),
        ("/oauth2callback", Kind.PAGE),
        ("/components", Kind.PAGE),
        ("/static/js/index.js", Kind.PROGRAM),
        ("/app/static/map/a.js", Kind.PROGRAM),
        ("/app/else", Kind.PAGE),
        ("/component/streamlit_folium.st_folium/index.html", Kind.COMPONENT),
        ("/media/abc.csv", Kind.DATA),
        ("/_stcore/host-config", Kind.DATA),
    ],
)
def test_each_address_has_its_kind_under_any_base_path(path: str, kind: Kind, base: str) -> None:
    assert kind_of(("/wards" if base else "") + path, base_path=base) is kind


def test_only_the_maps_own_page_may_run_text_as_a_program(index: Path) -> None:
    written = policies(index)
    assert [kind for kind, policy in written.items() if "'unsafe-eval'" in policy] == [Kind.COMPONENT]
    assert f"script-src 'self' {DIGEST}" in written[Kind.PAGE]
    assert "script-src" not in written[Kind.DATA]


@pytest.mark.parametrize("kind", list(Kind))
def test_no_policy_names_another_host_or_any_host(index: Path, kind: Kind) -> None:
    for directive in policies(index)[kind].split("; "):
        name, *sources = directive.split()
        known = ("'self'", "'none'", "'unsafe-inline'", "'unsafe-eval'", "data:", "blob:", DIGEST)
        assert set(sources) <= set(known), name
    assert "default-src 'none'" in policies(index)[kind]
    assert "frame-ancestors 'self'" in policies(index)[kind]


def test_pages_and_data_are_never_kept_and_programs_are(index: Path) -> None:
    app = SecurityHeaders(says_yes, index=index)
    for path in ("/", "/explore", "/media/abc.csv", "/_stcore/health"):
        assert ask(app, scope_of(path)).header("cache-control") == "no-store", path
    assert ask(app, scope_of("/static/js/index.js")).header("cache-control") == "public, max-age=1"


def test_every_answer_says_what_it_is_and_for_whom(index: Path) -> None:
    answer = ask(SecurityHeaders(says_yes, index=index), scope_of("/media/abc.csv"))
    assert answer.header("x-content-type-options") == "nosniff"
    assert answer.header("referrer-policy") == "no-referrer"
    assert answer.header("cross-origin-resource-policy") == "same-origin"
    assert "camera=()" in answer.header("permissions-policy")
    assert answer.header("content-security-policy").endswith("sandbox")
    assert not [name for name, _ in answer.headers if name == "access-control-allow-origin"]


def test_behind_tls_cookies_are_secure_and_elsewhere_they_still_work(index: Path) -> None:
    app = SecurityHeaders(says_yes, index=index)
    assert ask(app, scope_of()).header("set-cookie") == "a=1; Path=/"
    answer = ask(app, scope_of() | {"scheme": "https"})
    assert answer.header("set-cookie") == "a=1; Path=/; Secure"
    assert answer.header("strict-transport-security") == "max-age=31536000"


@pytest.mark.parametrize("base", ["north", "/areas/north/"])
def test_under_a_path_no_cookie_goes_to_what_lies_beside_it(index: Path, base: str) -> None:
    app = SecurityHeaders(says_yes, index=index, base_path=base)
    assert ask(app, scope_of()).header("set-cookie") == f"a=1; Path=/{base.strip('/')}"


def test_what_takes_a_cookie_away_stays_as_it_is(index: Path) -> None:
    async def takes_away(scope, receive, send):  # type: ignore[no-untyped-def]
        await Response(headers={"set-cookie": 'a=""; Max-Age=0; Path=/; Secure'})(scope, receive, send)

    answer = ask(SecurityHeaders(takes_away, index=index, base_path="north"), scope_of())
    assert answer.header("set-cookie") == 'a=""; Max-Age=0; Path=/; Secure'
