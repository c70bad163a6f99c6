"""A real browser for the tests: Debian's Chromium, which may talk to nobody but us."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
NETWORK = {"http", "https", "ws", "wss", "ftp"}
RUN_AXE = "axe.run(document, {resultTypes: ['violations']})"
IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"

Axe = Callable[[Page], list[str]]
Picture = Callable[[Page, str], None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    if not CHROMIUM.exists():
        pytest.fail("Chromium is not installed; on Debian: apt-get install chromium")
    return {**browser_type_launch_args, "executable_path": str(CHROMIUM), "args": list(FLAGS)}


@pytest.fixture(scope="session")
def chromium(launch_browser: Callable[[], Browser]) -> Iterator[Browser]:
    """The browser itself; the plugin calls it `browser`, which here is a signed-in client."""
    launched = launch_browser()
    yield launched
    launched.close()


@pytest.fixture
def network_recorder(live_server: Any) -> Iterator[list[str]]:
    """Addresses of all requests of all windows of a test; one to another host fails the test."""
    asked: list[str] = []
    yield asked
    home = urlsplit(live_server.url).netloc
    parts = [urlsplit(url) for url in asked]
    strangers = {part.netloc for part in parts if part.scheme in NETWORK} - {home}
    assert not strangers, f"requests to other hosts: {sorted(strangers)}"


@pytest.fixture
def new_context(
    chromium: Browser, browser_context_args: dict[str, Any], network_recorder: list[str]
) -> Iterator[Callable[..., BrowserContext]]:
    """Open a window that shares nothing with others: for each person in a journey one.

    The arguments are those of Playwright's `new_context`, for example `viewport`.
    """
    opened: list[BrowserContext] = []

    def open_one(**arguments: Any) -> BrowserContext:
        context = chromium.new_context(**{**browser_context_args, **arguments})
        context.on("request", lambda request: network_recorder.append(request.url))
        opened.append(context)
        return context

    yield open_one
    for context in opened:
        context.close()


@pytest.fixture(scope="session")
def base_url() -> None:
    """Tests name the live server themselves; the plugin's own fixture warns under pytest 9."""


@pytest.fixture
def axe() -> Axe:
    """What axe finds on a page: `rule: help (selectors)` each, an empty list if all is well."""

    def violations(page: Page) -> list[str]:
        session = page.context.new_cdp_session(page)
        try:
            # Not as a script tag: the page's own policy forbids it, and must.
            _evaluate(session, AXE.read_text() + "; true")
            found = _evaluate(session, RUN_AXE)
        finally:
            session.detach()
        return [_sentence(violation) for violation in found["violations"]]

    return violations


def _evaluate(session: Any, expression: str) -> Any:
    answer = session.send(
        "Runtime.evaluate",
        {"expression": expression, "awaitPromise": True, "returnByValue": True},
    )
    assert "exceptionDetails" not in answer, answer["exceptionDetails"]
    return answer["result"].get("value")


def _sentence(violation: dict[str, Any]) -> str:
    where = ", ".join(" ".join(map(str, node["target"])) for node in violation["nodes"])
    return f"{violation['id']}: {violation['help']} ({where})"


@pytest.fixture
def picture() -> Picture:
    """Take a picture for the documents as docs/images/<name>.png; only when they are made."""

    def take(page: Page, name: str) -> None:
        if os.environ.get("TUMAR_SCREENSHOTS") == "1":
            IMAGES.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=IMAGES / f"{name}.png")

    return take
