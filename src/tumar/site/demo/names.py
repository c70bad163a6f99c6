"""Invented names, as people of the region write them, in three scripts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from anyascii import anyascii


@dataclass(frozen=True, slots=True)
class Naming:
    """How one people names its own: given names by sex, family names, and how they are joined."""

    female: Sequence[str]
    male: Sequence[str]
    family: Sequence[str]
    feminine: bool = False  # family names in -ов, -ев, -ин take -а for a woman


KYRGYZ = Naming(
    female=(
        "Айнура",
        "Бегимай",
        "Гүлзат",
        "Жылдыз",
        "Мээрим",
        "Назгүл",
        "Чолпон",
        "Элнура",
        "Асель",
        "Сезим",
        "Каныкей",
        "Бермет",
        "Аида",
        "Зарина",
    ),
    male=(
        "Азамат",
        "Бакыт",
        "Нурлан",
        "Эрлан",
        "Таалай",
        "Уланбек",
        "Чыңгыз",
        "Марат",
        "Айбек",
        "Кубат",
        "Данияр",
        "Эмил",
    ),
    family=(
        "Токтосунов",
        "Асанов",
        "Жээнбеков",
        "Ибраимов",
        "Кадыров",
        "Мамытов",
        "Осмонов",
        "Сатыбалдиев",
        "Турдубаев",
        "Үсөнов",
        "Шаршенов",
        "Эшимов",
    ),
    feminine=True,
)
UZBEK = Naming(
    female=("Dilnoza", "Gulnora", "Madina", "Nilufar", "Sevara", "Zulfiya", "Feruza", "Lola"),
    male=("Akmal", "Bekzod", "Jasur", "Otabek", "Rustam", "Sherzod", "Ulug‘bek", "Sardor"),
    family=("Karimov", "Rahimov", "Toshmatov", "Yoʻldoshev", "Ergashev", "Nazarov", "Saidov"),
    feminine=True,
)
TAJIK = Naming(
    female=("Мадина", "Шаҳноза", "Парвина", "Гулрухсор", "Нигина", "Зарафшон"),
    male=("Фаррух", "Далер", "Ҷамшед", "Шерзод", "Бахтиёр", "Сорбон"),
    family=("Раҳимов", "Назаров", "Шарипов", "Каримов", "Холов", "Ҳакимов"),
    feminine=True,
)
PAKISTANI = Naming(
    female=("عائشہ", "فاطمہ", "صائمہ", "نادیہ", "مریم"),
    male=("محمد عمران", "بلال", "حمزہ", "عثمان", "فیصل", "کامران"),
    family=("خان", "بٹ", "چوہدری", "ملک", "قریشی"),
)
ARABIC = Naming(
    female=("مريم", "ليلى", "نور", "هدى", "سلمى"),
    male=("يوسف", "خالد", "عمر", "حسن", "سامي"),
    family=("الحسن", "منصور", "العلي", "حداد", "ناصر"),
)
FILIPINO = Naming(
    female=("Maricel", "Jocelyn", "Rosalie", "Analyn", "Cristina"),
    male=("Jomar", "Rodel", "Arnel", "Dennis"),
    family=("Dimalanta", "Manalastas", "Pangilinan", "Macaraeg", "Salonga"),
)
BANGLADESHI = Naming(
    female=("Nasrin", "Shirin", "Rokeya", "Tahmina"),
    male=("Rafiqul", "Shahin", "Jahangir", "Sohel"),
    family=("Mia", "Howlader", "Sarkar", "Mollah"),
)

BY_CITIZENSHIP = {
    "KGZ": KYRGYZ,
    "UZB": UZBEK,
    "TJK": TAJIK,
    "PAK": PAKISTANI,
    "SYR": ARABIC,
    "PHL": FILIPINO,
    "BGD": BANGLADESHI,
}


def invented_name(chance: Random, citizenship: str, sex: str) -> str:
    """A whole name of one people, in its own script and order."""
    naming = BY_CITIZENSHIP[citizenship]
    given = chance.choice(naming.female if sex == "female" else naming.male)
    family = chance.choice(naming.family)
    if naming.feminine and sex == "female":
        family += "а" if family[-1] in "вн" else "a"
    return f"{given} {family}"


def romanised(name: str) -> str:
    """A second spelling, as a border stamp would have it; for names in other scripts only."""
    latin = anyascii(name)
    return "" if latin == name else latin.title()
