import pytest
from hypothesis import given
from hypothesis import strategies as st

from tumar_match.names import MOST_CODES, Likeness, codes, compare, fold, similarity
from tumar_match.tokens import MOST_READINGS, read, tokens

# Invented people, each written as two clerks might.
SAME = [
    ("Айжан Жолдошева", "Aizhan Zholdosheva"),
    ("Айжан Жолдошева", "Ayjan Joldosheva"),
    ("Айжан Жолдошева", "Aischan Scholdoschewa"),
    ("Айжан Жолдошева", "Ajżan Żołdoszewa"),
    ("Айжан Жолдошева", "آیژان جولدوشوا"),
    ("Айжан Жолдошева", "Жолдошева Айжан Маратовна"),
    ("Бакыт Чыныбеков", "Bakyt Chynybekov"),
    ("Бакыт Чыныбеков", "Bakıt Çınıbekov"),
    ("Бакыт Чыныбеков", "Bakit Tchinibekov"),
    ("Бакыт Чыныбеков", "باكيت تشينيبيكوف"),
    ("Рахат Хасанов", "Rakhat Khasanov"),
    ("Рахат Хасанов", "Rachat Chasanow"),
    ("Рахат Хасанов", "Raxat Xasanov"),
    ("Үмүт Өмүралиева", "Umut Omuralieva"),
    ("Нурзат Асан кызы", "Nurzat Asanovna"),
    ("Нурзат Асан кызы", "Asan kyzy Nurzat"),
    ("Эмир Жапаров", "Жапар уулу Эмир"),
    ("Наталия Вишневская", "Natalia Vishnevsky"),
    ("Мухаммад Акбар", "محمد اکبر"),
    ("Мухаммад Акбар", "Muhammad bin Akbar"),
    ("فاطمة الحسن", "Fatima al-Hasan"),
    ("فاطمہ حسن", "Fatimah Hassan"),
    ("सीता खड्का", "Sita Khadka"),
    ("Тилек Манбетов", "Tilek Mambetov"),
]
DIFFERENT = [
    ("Айжан Жолдошева", "Бакыт Чыныбеков"),
    ("Айжан Жолдошева", "Айжан Саматова"),
    ("Rakhat Khasanov", "Nurlan Osmonov"),
    ("محمد اکبر", "فاطمة الحسن"),
]
NAMES = st.sampled_from([name for pair in SAME for name in pair])


@pytest.mark.parametrize(("one", "other"), SAME, ids=range(len(SAME)))
def test_spellings_of_one_name_share_a_code_for_each_word_they_share(one: str, other: str) -> None:
    assert len(codes(one) & codes(other)) >= 2


@pytest.mark.parametrize(("one", "other"), SAME, ids=range(len(SAME)))
def test_spellings_of_one_name_are_found_alike(one: str, other: str) -> None:
    assert similarity(one, other) >= 0.8


@pytest.mark.parametrize(("one", "other"), DIFFERENT, ids=range(len(DIFFERENT)))
def test_names_of_different_people_are_not(one: str, other: str) -> None:
    assert similarity(one, other) < 0.75


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Жаркынай Асанова", "Jarkinay asanov"),
        ("Асан уулу Бакыт", "asan bakit"),
        ("Достоевская", "dostoevski"),
        ("Dostoyevskiy", "dostoyevski"),
        ("Саматовна", "samat"),
        ("O'tkir", "otkir"),
        ("ГҮЛНАРА", "gulnara"),
        ("  ", ""),
    ],
)
def test_a_name_is_folded_to_its_sounds(name: str, folded: str) -> None:
    assert fold(name) == folded


@given(NAMES)
def test_the_order_of_words_changes_no_code(name: str) -> None:
    assert codes(" ".join(reversed(name.split()))) == codes(name)


@given(st.text(max_size=60))
def test_any_text_gives_few_codes_and_no_accident(text: str) -> None:
    found = codes(text)

    assert len(found) <= MOST_CODES
    assert all(found)
    assert all(len(read(word)) <= MOST_READINGS for word in text.split())


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_score_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    score = similarity(one, other)

    assert 0 <= score <= 1
    assert similarity(other, one) == pytest.approx(score)


@given(NAMES)
def test_a_name_is_wholly_like_itself(name: str) -> None:
    assert similarity(name, name) == 1


def test_a_name_without_letters_is_like_nothing() -> None:
    assert compare("…", "Айжан").reasons == ()
    assert similarity("", "") == 0
    assert codes("12 34") == frozenset()


def test_a_long_name_keeps_a_code_for_as_many_words_as_fit() -> None:
    name = "Мария Анна Роза Клара Эмма Ида Ольга Вера"

    assert len(codes(name)) == MOST_CODES


def test_the_reasons_say_word_by_word_what_agreed() -> None:
    comparison = compare("Айжан Жолдошева", "Joldosheva Aizhan Маратовна")

    assert [(r.likeness, r.ours, r.theirs) for r in comparison.reasons] == [
        (Likeness.SAME_SOUND, "айжан", "aizhan"),
        (Likeness.SAME_SOUND, "жолдошева", "joldosheva"),
        (Likeness.MISSING, "", "маратовна"),
    ]
    assert comparison.reasons[-1].is_fathers_name


def test_a_fathers_name_that_one_list_does_not_ask_for_costs_nothing() -> None:
    assert similarity("Айжан Жолдошева", "Айжан Маратовна Жолдошева") == 1


def test_one_given_name_alone_is_no_match() -> None:
    assert similarity("Айжан", "Айжан Жолдошева") == pytest.approx(0.8)
    assert similarity("Айжан", "Жолдошева") < 0.5


def test_reasons_read_the_same_from_either_side() -> None:
    reasons = compare("Айжан Саматовна Жолдошева", "Aizhan Zholdosheva").reasons

    assert [(r.ours, r.theirs) for r in reasons] == [
        ("айжан", "aizhan"),
        ("жолдошева", "zholdosheva"),
        ("саматовна", ""),
    ]


def test_an_initial_agrees_with_a_word_that_begins_so_but_weakly() -> None:
    agreeing, other = compare("А. Жолдошева", "Айжан Жолдошева"), compare("Б.", "Айжан")

    assert Likeness.SAME_INITIAL in [reason.likeness for reason in agreeing.reasons]
    assert other.reasons[0].likeness is Likeness.DIFFERENT


def test_a_slip_of_the_pen_is_similar_and_no_more() -> None:
    reason = compare("Жолдошева", "Жолдошвеа").reasons[0]
    slip = compare("Турсунбаева", "Турсумбаекова").reasons[0]

    assert reason.likeness is Likeness.SAME_SOUND
    assert slip.likeness is Likeness.SIMILAR_SOUND
    assert slip.score < 0.85


def test_a_patronymic_is_known_as_the_fathers_name() -> None:
    given_name, fathers, family = tokens("Айжан Маратовна Жолдошева")

    assert fathers.is_fathers
    assert not given_name.is_fathers
    assert not family.is_fathers
