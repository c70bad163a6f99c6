"""The rule of the Delphi sets: the standard's own vectors, and what must hold for any answers."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tumar.protection.rules import RESULT_WORDS, Answer, Outcome, score
from tumar.protection.rules.asking import HEAVY, HELP_FOR, help_for, next_to_ask, sheet_of
from tumar.reference.codelists import code_list
from tumar.reference.indicators import indicator_set

SIGNS = indicator_set("delphi")
IDS = [sign.id for sign in SIGNS]
PROFILES = [profile.key for profile in SIGNS.profiles]
SAYS_NOTHING = [answer for answer in Answer if answer not in {"observed", "not_observed"}]

answers = st.dictionaries(st.sampled_from(IDS), st.sampled_from(list(Answer)))
profiles = st.sampled_from(PROFILES)


def scored(profile: str, observed: list[str], *, act_recorded: bool = False) -> Outcome:
    seen = dict.fromkeys(observed, "observed")
    return score(SIGNS, profile, seen, act_recorded=act_recorded)


@pytest.mark.parametrize(
    ("profile", "observed", "act_recorded", "positive", "result"),
    [
        (
            "adult_labour",
            ["DR01", "DR02", "EX01", "EX02", "CD01", "CD03"],
            False,
            ["deceptive_recruitment", "exploitation", "coercion_destination"],
            "indications_of_trafficking",
        ),
        (
            "adult_labour",
            ["DR02", "DR03", "EX02", "EX03", "EX05"],
            False,
            ["exploitation"],
            "exploitation_labour_rights",
        ),
        (
            "adult_labour",
            ["RV15", "RV06", "RV02", "EX01", "EX09", "VD01", "VD05", "VD06"],
            False,
            ["recruitment_vulnerability", "exploitation", "vulnerability_destination"],
            "indications_of_trafficking",
        ),
        (
            "child_labour",
            ["DR10", "EX01", "EX09"],
            True,
            ["exploitation"],
            "indications_of_trafficking",
        ),
        ("adult_labour", ["CR01"], False, [], "insufficient_information"),
    ],
)
def test_the_standards_own_examples_come_out_as_published(
    profile: str, observed: list[str], act_recorded: bool, positive: list[str], result: str
) -> None:
    outcome = scored(profile, observed, act_recorded=act_recorded)

    assert outcome.positive == positive
    assert outcome.result == result


@given(profiles, st.sets(st.sampled_from(IDS)), st.sets(st.sampled_from(IDS)))
def test_more_observed_signs_never_make_a_positive_dimension_negative(
    profile: str, observed: set[str], more: set[str]
) -> None:
    before = scored(profile, sorted(observed))
    after = scored(profile, sorted(observed | more))

    assert set(before.positive) <= set(after.positive)


@given(profiles, answers, st.booleans(), st.randoms())
def test_the_order_of_asking_does_not_matter(
    profile: str, said: dict[str, str], act_recorded: bool, chance: Random
) -> None:
    shuffled = list(said.items())
    chance.shuffle(shuffled)

    in_order = score(SIGNS, profile, said, act_recorded=act_recorded)
    out_of_order = score(SIGNS, profile, dict(shuffled), act_recorded=act_recorded)

    assert in_order == out_of_order


@given(profiles, answers, st.sampled_from(SAYS_NOTHING), st.booleans())
def test_unknown_refused_and_not_asked_count_as_nothing(
    profile: str, said: dict[str, str], silence: Answer, act_recorded: bool
) -> None:
    silent = {sign: silence for sign in IDS if said.get(sign) not in {"observed", "not_observed"}}
    assessed = {sign: answer for sign, answer in said.items() if sign not in silent}

    with_silence = score(SIGNS, profile, assessed | silent, act_recorded=act_recorded)
    without = score(SIGNS, profile, assessed, act_recorded=act_recorded)

    assert with_silence == without


@given(st.sets(st.sampled_from([sign for sign in IDS if not sign.startswith("EX")]), min_size=1))
def test_a_child_needs_no_means(other_signs: set[str]) -> None:
    exploited = ["EX01", "EX02"]

    with_means = scored("child_labour", [*exploited, *sorted(other_signs)], act_recorded=True)
    with_an_act_alone = score(
        SIGNS,
        "child_labour",
        {**dict.fromkeys(exploited, "observed"), "DR01": "not_observed"},
        act_recorded=True,
    )

    assert with_means.result == with_an_act_alone.result == "indications_of_trafficking"


@given(st.sampled_from(["adult_sexual", "child_sexual"]), answers)
def test_a_set_without_verified_weights_is_never_scored(profile: str, said: dict[str, str]) -> None:
    assert score(SIGNS, profile, said, act_recorded=True).result == "no_verified_rule"


@given(profiles, answers, st.booleans())
def test_every_outcome_has_words_and_none_is_a_verdict_on_the_person(
    profile: str, said: dict[str, str], act_recorded: bool
) -> None:
    outcome = score(SIGNS, profile, said, act_recorded=act_recorded)

    assert "victim" not in str(RESULT_WORDS[outcome.result]).lower()


@given(answers, st.sampled_from(["", *IDS]))
def test_what_was_answered_is_not_asked_again(said: dict[str, str], after: str) -> None:
    following = next_to_ask(SIGNS, said, after)

    assert following not in said
    assert bool(following) == (len(said) < len(IDS))


def test_asking_goes_on_after_the_sign_that_was_answered() -> None:
    assert next_to_ask(SIGNS, {"DR02": "observed"}, "DR02") == "DR03"


@given(profiles, answers)
def test_the_sheet_shows_every_sign_once_with_its_answer(
    profile: str, said: dict[str, str]
) -> None:
    sheet = sheet_of(SIGNS, profile, said)

    shown = {asked.sign.id: asked.answer for part in sheet for asked in part.signs}
    assert shown == {sign: said.get(sign, "") for sign in IDS}
    assert sum(part.answered for part in sheet) == len(said)


def test_the_picture_tells_not_seen_from_not_known() -> None:
    sheet = sheet_of(
        SIGNS,
        "adult_labour",
        {"DR01": "observed", "DR02": "not_observed", "DR03": "refused"},
        ["deceptive_recruitment"],
    )
    part = sheet[0]

    assert [asked.mark for asked in part.signs[:4]] == ["seen", "unseen", "open", "open"]
    assert (part.is_positive, part.is_done, part.first.sign.id) == (True, False, "DR04")
    assert [asked.sign.id for asked in part.observed] == ["DR01"]
    assert sheet[1].has_heavy


def test_a_part_that_is_done_begins_again_at_its_first_sign() -> None:
    part = SIGNS.dimensions[0]
    done = sheet_of(SIGNS, "adult_labour", {s.id: "unknown" for s in part.indicators})[0]

    assert done.is_done
    assert done.first.sign == part.indicators[0]


def test_every_heavy_sign_exists() -> None:
    assert set(IDS) >= HEAVY


def test_every_urgent_need_has_help_that_a_directory_can_hold() -> None:
    assert set(HELP_FOR) == set(code_list("urgent_needs").codes)
    assert {each for helps in HELP_FOR.values() for each in helps} <= set(
        code_list("service_types").codes
    )
    assert help_for(["medicine_stopped", "medical_emergency"]) == ["medical_acute"]
