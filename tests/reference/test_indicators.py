import pytest

from tumar.reference.indicators import (
    UnknownIndicatorSet,
    Weight,
    WeightStatus,
    indicator_set,
    indicator_set_keys,
)


@pytest.mark.parametrize("key", indicator_set_keys())
def test_every_set_names_its_source_and_no_indicator_appears_twice(key: str) -> None:
    published = indicator_set(key)
    ids = [indicator.id for indicator in published]

    assert all([published.title, published.source, published.version, published.licence])
    assert len(ids) == len(set(ids))
    assert all(indicator.text for indicator in published)


def test_the_delphi_set_has_sixty_seven_indicators_in_six_dimensions() -> None:
    delphi = indicator_set("delphi")

    assert len(list(delphi)) == 67
    assert [len(dimension.indicators) for dimension in delphi.dimensions] == [10, 10, 16, 9, 15, 7]


def test_every_weighted_indicator_has_a_question_and_says_why_it_is_asked() -> None:
    for indicator in indicator_set("delphi"):
        assert indicator.question.endswith("?")
        assert indicator.why.endswith(".")


def test_no_question_uses_a_word_that_labels_the_person() -> None:
    words = " ".join(f"{i.question} {i.why}" for i in indicator_set("delphi")).lower()

    assert not {"victim", "prostitut", "illegal", "trafficked"} & set(words.split())
    assert "victim" not in words


def test_weights_can_be_read_per_profile() -> None:
    held_papers = indicator_set("delphi").indicator("CD01")

    assert held_papers.weights["adult_labour"] is Weight.STRONG
    assert held_papers.weights["adult_sexual"] is None
    assert held_papers.weight_status["adult_sexual"] is WeightStatus.NOT_VERIFIED


@pytest.mark.parametrize(
    ("profile", "weighted", "status"),
    [
        ("adult_labour", 67, WeightStatus.SECONDARY_SOURCE),
        ("child_labour", 65, WeightStatus.SECONDARY_SOURCE),
        ("adult_sexual", 1, WeightStatus.NOT_VERIFIED),
        ("child_sexual", 2, WeightStatus.NOT_VERIFIED),
    ],
)
def test_a_profile_whose_weights_are_not_verified_says_so(
    profile: str, weighted: int, status: WeightStatus
) -> None:
    delphi = indicator_set("delphi")

    assert sum(indicator.weights[profile] is not None for indicator in delphi) == weighted
    assert delphi.weight_status(profile) is status


def test_a_dimension_is_positive_by_one_of_four_rules() -> None:
    scoring = indicator_set("delphi").scoring

    assert scoring is not None
    assert [dict(rule) for rule in scoring.positive_if_any_of] == [
        {"strong": 2},
        {"strong": 1, "medium_or_weak": 1},
        {"medium": 3},
        {"medium": 2, "weak": 1},
    ]


def test_the_unodc_signs_are_for_looking_and_give_no_score() -> None:
    unodc = indicator_set("unodc")

    assert unodc.scoring is None
    assert len(list(unodc)) == 82
    assert unodc.weight_status("anyone") is WeightStatus.NOT_VERIFIED


def test_a_child_profile_is_marked() -> None:
    assert indicator_set("delphi").profile("child_labour").is_child


def test_every_set_says_that_people_decide() -> None:
    assert all("decision of the mandated body" in indicator_set(key).safeguards[0]
               for key in indicator_set_keys())  # fmt: skip


def test_what_does_not_exist_says_so() -> None:
    with pytest.raises(UnknownIndicatorSet):
        indicator_set("../codelists/index")
    with pytest.raises(LookupError, match="no indicator XX99"):
        indicator_set("delphi").indicator("XX99")
    with pytest.raises(LookupError, match="no profile cat"):
        indicator_set("delphi").profile("cat")
