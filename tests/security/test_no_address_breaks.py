"""R48: no address answers any member with a failure of our own."""

from tests.security.walk import Walk


def test_no_member_meets_a_failure_anywhere(walk: Walk) -> None:
    assert {(a.who, a.name) for a in walk.answers if a.status >= 500} == set()
    assert len(walk.answers) > 500


def test_no_page_is_kept_by_a_browser_and_none_tells_its_maker(walk: Walk) -> None:
    kept = {a.name for a in walk.answers if "no-store" not in a.headers.get("Cache-Control", "")}

    assert kept == set()
    assert not [a.name for a in walk.answers if {"Server", "X-Powered-By"} & a.headers.keys()]


def test_no_address_holds_anything_of_hers(walk: Walk) -> None:
    """R40: names and numbers are never part of an address a page leads to."""
    leads = {href for answer in walk.answers for href in answer.links}

    assert len(leads) > 50
    assert [href for href in leads if any(word in href for word in walk.canaries)] == []
