"""Components: what they say, and that nothing written by anybody becomes markup."""

from datetime import date
from typing import Any

import pytest
from django import forms
from django.template import Context, Template

from tumar.access import denied
from tumar.reference.dates import PartialDate
from tumar.ui.forms import NameField, PartialDateField
from tumar.ui.parts import Badge, Due, Event, Lines, Link, Pips, Step, differences

HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7|add:7 }}"


def drawn(text: str, **context: Any) -> str:
    return Template("{% load ui %}" + text).render(Context(context))


@pytest.mark.parametrize(
    "component",
    [
        "{% badge label=h tone='ok' icon='check' %}",
        "{% card title=h %}{{ h }}{% endcard %}",
        "{% facts %}{% fact label=h value=h %}{% endfacts %}",
        "{% action label=h url=h %}",
        "{% action label=h url='' verdict=refused %}",
        "{% button label=h name='x' value=h %}",
        "{% button label=h verdict=refused %}",
        "{% banner tone='danger' title=h %}{{ h }}{% endbanner %}",
        "{% dialog key='d' title=h %}{{ h }}{% enddialog %}",
        "{% dialog_opener key='d' label=h %}",
        "{% tabs label=h %}{% tab label=h url=h %}{% endtabs %}",
        "{% stepper steps label=h %}",
        "{% timeline events %}",
        "{% empty_state title=h text=h action=link %}",
        "{% progress label=h value=3 note=h url=h %}",
        "{% stat label=h value=h url=h note=h %}",
        "{% avatar name=h %}",
        "{% veil url=h %}",
        "{% name h %}",
        "{% crumb label=h url=h %}",
        "{% breadcrumbs links %}",
        "{% chips links label=h %}",
        "{% pager previous_url=h next_url=h label=h %}",
        "{% part lines %}",
        "{% part link %}",
        "{% part h %}",
        "{% form_fields form %}",
        "{% versions pairs %}",
        "{% icon h label=h %}",
        "{% capture as kept %}{{ h }}{% endcapture %}{{ kept }}",
    ],
)
def test_hostile_text_stays_text(component: str) -> None:
    class Hostile(forms.Form):
        field = NameField(label=HOSTILE, help_text="help", max_length=5)
        choice = forms.ChoiceField(choices=[("a", HOSTILE)], widget=forms.RadioSelect)
        why = {"field": HOSTILE}

    text = drawn(
        component,
        h=HOSTILE,
        refused=denied(HOSTILE),
        link=Link(HOSTILE, HOSTILE),
        links=[Link(HOSTILE, HOSTILE)],
        lines=Lines(HOSTILE, HOSTILE),
        steps=[Step(HOSTILE, "now", HOSTILE)],
        events=[Event(HOSTILE, None, HOSTILE, HOSTILE, url=HOSTILE)],
        form=Hostile({"field": HOSTILE}),
        pairs=differences({"a": HOSTILE}, {"a": "x"}, {"a": HOSTILE}),
    )

    assert "<script" not in text
    assert "<img" not in text
    assert "14" not in text


def test_a_refused_action_gives_the_reason_and_no_link() -> None:
    text = drawn(
        "{% action label='Refer' url='/x/' verdict=no %}", no=denied("The case is closed.")
    )

    assert "The case is closed." in text
    assert "<a" not in text
    assert 'aria-disabled="true"' in text


def test_an_allowed_action_is_a_link() -> None:
    assert 'href="/x/"' in drawn("{% action label='Refer' url='/x/' %}")


@pytest.mark.parametrize(("day", "words"), [(23, "Late:"), (24, "Today:"), (25, "25 Nov 2026")])
def test_a_day_says_when_it_is_late(day: int, words: str) -> None:
    text = drawn("{% due on=on %}", on=date(2026, 11, day), today=date(2026, 11, 24))

    assert words in text
    assert ("Late:" in text) == (day == 23)


def test_a_thing_done_is_never_late() -> None:
    assert Due(date(2020, 1, 1), is_done=True).state(date(2026, 1, 1)) == "done"


@pytest.mark.parametrize("value", [None, ""])
def test_an_unknown_fact_shows_a_dash(value: object) -> None:
    assert "–" in drawn("{% fact label='x' value=value %}", value=value)


def test_nought_and_no_are_facts() -> None:
    assert "0" in drawn("{% fact label='x' value=0 %}")
    assert "False" in drawn("{% fact label='x' value=value %}", value=False)


def test_steps_are_told_apart_without_colour() -> None:
    text = drawn("{% stepper steps %}", steps=[Step("A", "done"), Step("B", "now"), Step("C")])

    assert text.count("Done.") == 1
    assert text.count('aria-current="step"') == 1
    assert "Step 2 of 5:" in drawn("{% part pips %}", pips=Pips(2, 5, "B"))


def test_a_partial_date_shows_no_more_than_it_knows() -> None:
    assert "about May 2001" in drawn("{% partial_date d %}", d=PartialDate.parse("2001-05~"))
    assert "unknown" in drawn("{% partial_date d %}", d=PartialDate.parse(""))


def test_a_badge_holds_its_word() -> None:
    assert "High" in drawn("{% part b %}", b=Badge("High", "danger"))


def test_progress_asks_again_only_while_it_has_an_address() -> None:
    assert "hx-get" in drawn("{% progress label='x' value=1 url='/p/' %}")
    assert "hx-get" not in drawn("{% progress label='x' value=1 %}")
    assert "value=" not in drawn("{% progress label='x' %}").replace("class=", "")


class SampleForm(forms.Form):
    name = NameField(help_text="Any script.")
    born = PartialDateField(required=False)
    safe = forms.ChoiceField(choices=[("y", "Yes"), ("n", "No")], widget=forms.RadioSelect)
    later = forms.CharField(required=False)
    read = forms.BooleanField()

    why = {"born": "Children have rights of their own."}
    asked_when = {"later": ("safe", ["n"])}


def test_each_field_has_label_help_reason_and_the_right_group() -> None:
    text = drawn("{% form_fields form %}", form=SampleForm())

    assert '<label class="field-label" for="id_name">' in text
    assert 'aria-describedby="id_name_help"' in text
    assert "Children have rights of their own." in text
    assert text.count("<fieldset") == text.count("<legend") == 2
    assert 'data-asked-when="safe" data-asked-for="n"' in " ".join(text.split())
    assert text.count('autocomplete="off"') >= 4


def test_errors_stand_at_the_top_and_lead_to_their_fields() -> None:
    text = drawn("{% form_fields form %}", form=SampleForm({"born_day": "3"}))

    for anchor in ("id_name", "id_born_day", "id_safe_0", "id_read"):
        assert f'href="#{anchor}"' in text
        assert f'id="{anchor}"' in text
    assert text.index('role="alert"') < text.index("field-label")
    assert "Please choose an answer." in text
    assert "Please tick this to go on." in text
    assert "This field is required." not in text
    assert 'aria-invalid="true"' in text


def test_only_some_fields_can_be_drawn() -> None:
    text = drawn("{% form_fields form only='name read' %}", form=SampleForm({}))

    assert "id_safe" not in text
    assert 'role="alert"' not in text
    assert 'role="alert"' in drawn("{% form_errors form %}", form=SampleForm({}))


def test_versions_offer_a_choice_only_where_they_differ() -> None:
    pairs = differences({"a": "1", "b": "2"}, {"a": "1", "b": "3"}, {"a": "A", "b": "B"})

    text = drawn("{% versions pairs %}", pairs=pairs)

    assert text.count('name="choose-b"') == 2
    assert "choose-a" not in text
