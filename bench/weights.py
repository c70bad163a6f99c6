"""What a first load weighs, and what a server process takes: over a running demonstration.

python -m bench.weights      starts `tumar demo` in a folder of its own and stops it again
"""

from __future__ import annotations

import http.cookiejar
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

from bench.measure import table

PORT = 8137
HERE = f"http://127.0.0.1:{PORT}"
PATIENCE = 120  # seconds


class Browser:
    """Fetches as a browser does: compressed, with cookies, each asset once."""

    def __init__(self) -> None:
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)
        self.opener.addheaders = [("Accept-Encoding", "gzip"), ("Referer", HERE + "/")]

    def fetch(self, path: str, fields: dict[str, str] | None = None) -> tuple[str, int]:
        """The text of a page and the bytes that crossed the line."""
        import gzip

        sent = urllib.parse.urlencode(fields).encode() if fields else None
        with self.opener.open(HERE + path, sent, timeout=60) as answer:
            raw = answer.read()
            is_packed = answer.headers.get("Content-Encoding") == "gzip"
        plain = gzip.decompress(raw) if is_packed else raw
        return plain.decode("utf-8", "replace"), len(raw)

    def first_load(self, path: str) -> int:
        """Bytes of a page with everything it loads from the house."""
        page, weight = self.fetch(path)
        assets = set(re.findall(r'(?:src|href)="(/static/[^"#]+)', page))
        styles = [asset for asset in assets if asset.endswith(".css")]
        for style in styles:
            text, _size = self.fetch(style)
            assets |= {_join(style, url) for url in re.findall(r'url\("?([^)"]+\.css)"?\)', text)}
        return weight + sum(self.fetch(asset)[1] for asset in assets) + _fonts(self, assets)


def _fonts(browser: Browser, assets: set[str]) -> int:
    """Latin and Cyrillic, which an English page with Kyrgyz names needs."""
    wanted: set[str] = set()
    for style in [asset for asset in assets if asset.endswith(".css")]:
        text, _size = browser.fetch(style)
        wanted |= {_join(style, url) for url in re.findall(r'url\("?([^)"]+woff2)"?\)', text)}
    return sum(
        browser.fetch(font)[1] for font in wanted if "arab" not in font and "ar-" not in font
    )


def _join(style: str, url: str) -> str:
    return urllib.parse.urljoin(style, url)


def _token(page: str) -> str:
    return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = {**os.environ, "TUMAR_VAR": folder}
        for name in ("TUMAR_DATABASE_URL", "TUMAR_KEYS", "TUMAR_MODE"):
            place.pop(name, None)
        tumar = Path(sys.executable).with_name("tumar")
        server = subprocess.Popen([tumar, "demo", "--port", str(PORT)], env=place)
        try:
            _measure(server)
        finally:
            server.terminate()
            server.wait(20)


def _measure(server: subprocess.Popen[bytes]) -> None:
    browser, until = Browser(), time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            door, _size = browser.fetch("/demo/")
            break
        except OSError:
            time.sleep(0.5)
    form = {"csrfmiddlewaretoken": _token(door)}
    buttons = re.findall(r'name="([^"]+)"[^>]*value="(demo-caseworker)"', door)
    browser.fetch("/demo/enter/", {**form, **dict(buttons)})
    cases, _size = browser.fetch("/protection/cases/")
    case = re.search(r'href="(/protection/cases/kg-[^"]+/)"', cases)[1]
    rows = [
        (
            "case list, first load",
            f"{browser.first_load('/protection/cases/') / 1000:.0f} kB",
            "150 kB",
        ),
        ("case page, first load", f"{browser.first_load(case) / 1000:.0f} kB", "220 kB"),
    ]
    for _ in range(100):
        browser.fetch(case)
    rows.append(("memory of the largest server process", f"{_memory(server.pid):.0f} MB", "350 MB"))
    table("Weight and memory, demonstration", ["what", "measured", "goal"], rows)


def _memory(pid: int) -> float:
    """Resident memory of the largest process of a family, in megabytes."""
    family = [pid, *_children(pid)]
    sizes = []
    for each in family:
        status = Path(f"/proc/{each}/status").read_text()
        sizes.append(int(re.search(r"VmRSS:\s+(\d+)", status)[1]))
    return max(sizes) / 1000


def _children(pid: int) -> list[int]:
    own = [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return [child for each in own for child in (each, *_children(each))]


if __name__ == "__main__":
    main()
