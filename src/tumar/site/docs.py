"""Pages of `docs/` that are made from the code: `python -m tumar.site.docs [--check]`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

import django

from tumar.site.environment import VARIABLES, Variable

TREE = Path(__file__).resolve().parents[3]

SETTINGS_PAGE = """# Settings

<!-- Made from src/tumar/site/environment.py by `make docs`; do not edit. -->

Tumar reads its settings from the environment, and from the file named in `TUMAR_CONFIG`:
one `NAME=value` a line, lines that begin with `#` do not count, quotes are part of the value.
The environment wins over the file.
A value that cannot be used stops the start, and the message names it.

Where *secret* says yes, `<NAME>_FILE` may name a file that holds the value instead;
the value is never shown or logged.
*Required* means that production does not start without it.
`tumar setup` writes the file; `tumar doctor` says what is wrong with it.

| setting | meaning | default | secret | required |
|---|---|---|---|---|
{rows}
"""


def settings_page() -> str:
    """The table of every TUMAR_* variable."""
    return SETTINGS_PAGE.format(rows="\n".join(_row(each) for each in VARIABLES.values()))


def _row(variable: Variable) -> str:
    secret, required = ("yes" if value else "" for value in (variable.secret, variable.required))
    cells = [f"`{variable.name}`", variable.meaning, variable.default, secret, required]
    return f"| {' | '.join(cells)} |"


def generators() -> dict[str, Callable[[], str]]:
    # Read late: these pages need the models.
    from tumar.site import documents

    return {
        "docs/reference/settings.md": settings_page,
        "docs/reference/rules.md": documents.rules_page,
        "docs/reference/states.md": documents.states_page,
        "docs/reference/data-dictionary.md": documents.dictionary_page,
        "docs/reference/sealed-fields.md": documents.sealed_page,
        "docs/reference/code-lists.md": documents.code_lists_page,
    }


def stale(tree: Path = TREE) -> list[str]:
    """Paths of generated pages whose file is missing or says something else."""
    return [
        path
        for path, generate in generators().items()
        if not (tree / path).is_file() or (tree / path).read_text() != generate()
    ]


def write(tree: Path = TREE) -> list[str]:
    """Bring every generated page up to date; returns the paths that changed."""
    changed, pages = stale(tree), generators()
    for path in changed:
        (tree / path).parent.mkdir(parents=True, exist_ok=True)
        (tree / path).write_text(pages[path]())
    return changed


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, fail if stale")
    checking = parser.parse_args(arguments).check
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tumar.site.settings")
    django.setup()
    paths = stale() if checking else write()
    if checking and paths:
        sys.exit(f"Not current: {', '.join(paths)}. Run `make docs`.")
    sys.stdout.writelines(f"{path}\n" for path in paths)


if __name__ == "__main__":
    # Not this copy of the module: rooms may have put pages into the imported one.
    from tumar.site import docs

    docs.main(sys.argv[1:])
