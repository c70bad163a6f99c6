"""The browser the tests drive sees what they need it to see."""

from typing import Any

from playwright.sync_api import Page

from tests.plumbing.chromium import Axe

POLICY = "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'\">"


def test_axe_names_what_is_wrong_even_under_a_strict_policy(page: Page, axe: Axe) -> None:
    page.set_content(f"<html lang=en><title>t</title>{POLICY}<main><h1>t</h1><img src=x></main>")

    assert [violation.split(":")[0] for violation in axe(page)] == ["image-alt"]


def test_a_request_to_another_host_is_seen(
    page: Page, live_server: Any, network_recorder: list[str]
) -> None:
    page.goto(f"{live_server.url}/static/nothing")
    page.evaluate("fetch('http://elsewhere.invalid/').catch(() => null)")

    assert network_recorder[-1] == "http://elsewhere.invalid/"
    network_recorder.clear()  # else this test fails, as any test must that makes such a request
