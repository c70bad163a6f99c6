"""The steps of a screening. Each may be left empty: nothing has to be complete."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tumar.access.models import Membership
from tumar.protection.rules import Answer
from tumar.protection.rules.asking import AskedSign
from tumar.reference.codelists import code_list
from tumar.ui.forms import CodeChoiceField, CodesField, SafeTextField
from tumar.ui.parts import Difference

# Two words each, for large buttons; the first two are what a conversation mostly yields.
ANSWER_WORDS: dict[str, str | Promise] = {
    Answer.OBSERVED: _("Yes, seen or told"),
    Answer.NOT_OBSERVED: _("Not seen or told"),
    Answer.UNKNOWN: _("Not known"),
    Answer.REFUSED: _("Prefers not to say"),
    Answer.WITHHELD: _("Withheld for safety"),
    Answer.NOT_APPLICABLE: _("Does not apply"),
    Answer.NOT_ASKED: _("Not now"),
}

NEXT_STEPS = (
    "ask",
    "signs",
    "part",
    "overview",
    "acts",
    "refer",
    "finish",
    "finish_and_refer",
    "stop",
)


# Where people of an organisation usually meet somebody; only what the form begins with.
USUAL_PLACE = {
    "border_guard": "border",
    "labour_inspectorate": "workplace",
    "law_enforcement": "police_station",
    "hotline": "hotline",
    "shelter": "shelter",
    "health_service": "health_facility",
}


def usual_place(memberships: Sequence[Membership]) -> str:
    """The place a screening most likely begins at, "" where it cannot be guessed."""
    return USUAL_PLACE.get(memberships[0].organisation.kind, "") if memberships else ""


class StartForm(forms.Form):
    """Which set of signs fits, in two plain questions, and where the conversation takes place."""

    age = forms.ChoiceField(
        label=_("Is the person under 18?"),
        choices=[("yes", _("Yes")), ("maybe", _("Not sure")), ("no", _("No, an adult"))],
        widget=forms.RadioSelect,
    )
    situation = forms.ChoiceField(
        label=_("What is it about, as far as you know?"),
        choices=[
            ("labour", _("Work, a household, begging, or being made to break the law")),
            ("sexual", _("Sexual exploitation")),
            ("unsure", _("Not sure yet")),
        ],
        widget=forms.RadioSelect,
    )
    place = CodeChoiceField("screening_places", label=_("Where are you?"), required=False)
    language = CodeChoiceField(
        "languages", label=_("Which language do you speak together?"), required=False
    )
    interpreter = forms.BooleanField(
        label=_("An interpreter is needed, or is here"), required=False
    )

    why = {
        "age": _(
            "A child has rights of their own. In doubt we presume a child; no proof is needed."
        )
    }

    @property
    def profile(self) -> str:
        """The set of signs; minority is presumed in doubt, and labour where nobody knows yet."""
        age = "adult" if self.cleaned_data["age"] == "no" else "child"
        situation = "sexual" if self.cleaned_data["situation"] == "sexual" else "labour"
        return f"{age}_{situation}"


class StepForm(forms.Form):
    """What all steps share: the version they were opened at, and where to go on."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    then = forms.ChoiceField(
        choices=[(step, step) for step in NEXT_STEPS], required=False, widget=forms.HiddenInput
    )

    def given(self) -> dict[str, Any]:
        """What this step saves, as arguments of `commands.answer_screening`."""
        raise NotImplementedError

    def differences(self, theirs: Mapping[str, Any]) -> Sequence[Difference]:
        """Where a colleague saved something else meanwhile; what nobody else wrote is no clash."""
        raise NotImplementedError

    def is_mine(self, name: str) -> bool:
        """After a clash: did the reader choose what they wrote?"""
        return self.data.get(f"choose-{name}") != "theirs"


class SafetyForm(StepForm):
    """Urgent needs, before any question."""

    urgent = CodesField("urgent_needs", label=_("Is any of this so now?"), required=False)

    def given(self) -> dict[str, Any]:
        return {"urgent": self.cleaned_data["urgent"]} if self.is_mine("urgent") else {}

    def differences(self, theirs: Mapping[str, Any]) -> Sequence[Difference]:
        mine = sorted(self.cleaned_data["urgent"])
        return _clash("urgent", _("Urgent needs"), "urgent_needs", mine, theirs["urgent"])


class ActsForm(StepForm):
    """Acts of article 3(a), asked once, and a note."""

    acts = CodesField("acts", label=_("What did somebody do?"), required=False)
    note = SafeTextField(
        label=_("Note"),
        required=False,
        longest=4000,
        help_text=_("What you saw, in your own words. No names that nobody needs."),
    )

    def given(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("acts", "note") if self.is_mine(name)}

    def differences(self, theirs: Mapping[str, Any]) -> Sequence[Difference]:
        acts = sorted(self.cleaned_data["acts"])
        note = self.cleaned_data["note"]
        clashes = _clash("acts", _("What somebody did"), "acts", acts, theirs["acts"])
        if theirs["note"] and theirs["note"] != note:
            clashes.append(Difference("note", _("Note"), note, theirs["note"]))
        return clashes


class SignsForm(StepForm):
    """Some signs at once, or one: a field per sign, named by its id."""

    def __init__(self, asked: Iterable[AskedSign], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = {each.sign.id: each for each in asked}
        for sign in self.asked:
            self.fields[sign] = forms.ChoiceField(
                choices=list(ANSWER_WORDS.items()), required=False
            )

    def given(self) -> dict[str, Any]:
        # An empty answer says nothing: it never wipes out what was answered before.
        answers = {
            sign: self.cleaned_data[sign]
            for sign in self.asked
            if self.cleaned_data[sign] and self.is_mine(sign)
        }
        return {"answers": answers}

    def differences(self, theirs: Mapping[str, Any]) -> Sequence[Difference]:
        stored = theirs["answers"]
        return [
            Difference(
                sign,
                gettext(self.asked[sign].sign.text),
                ANSWER_WORDS[mine],
                ANSWER_WORDS.get(stored[sign], stored[sign]),
            )
            for sign, mine in self.given()["answers"].items()
            if stored.get(sign, mine) != mine
        ]


def _clash(
    name: str, label: str | Promise, list_key: str, mine: list[str], theirs: list[str]
) -> list[Difference]:
    if not theirs or mine == theirs:
        return []
    words = code_list(list_key).label
    return [Difference(name, label, ", ".join(map(words, mine)), ", ".join(map(words, theirs)))]
