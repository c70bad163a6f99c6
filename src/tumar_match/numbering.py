"""How countries number their telephones: calling code, prefix for calls inside, lengths."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Numbering:
    """`trunk` is dialled inside the country only; `lengths` count digits without it."""

    code: str
    trunk: str
    lengths: frozenset[int]


def _plans(text: str) -> dict[str, Numbering]:
    rows = (row.split() for row in text.strip().splitlines())
    return {
        country: Numbering(code, trunk.strip("-"), frozenset(map(int, lengths.split(","))))
        for country, code, trunk, lengths in rows
    }


NUMBERING = _plans(
    """
    KGZ 996 0 9
    KAZ 7 8 10
    RUS 7 8 10
    UZB 998 8 9
    TJK 992 8 9
    TKM 993 8 8
    BLR 375 8 9
    UKR 380 0 9
    MDA 373 0 8
    GEO 995 0 9
    ARM 374 0 8
    AZE 994 0 9
    TUR 90 0 10
    IRN 98 0 10
    IRQ 964 0 9,10
    AFG 93 0 9
    PAK 92 0 9,10
    IND 91 0 10
    NPL 977 0 8,9,10
    BGD 880 0 9,10
    LKA 94 0 9
    LAO 856 0 8,9,10
    THA 66 0 8,9
    VNM 84 0 9,10
    KHM 855 0 8,9
    MMR 95 0 8,9,10
    MYS 60 0 8,9,10
    CHN 86 0 10,11
    MNG 976 0 8
    KOR 82 0 8,9,10
    ARE 971 0 8,9
    SAU 966 0 9
    QAT 974 - 8
    KWT 965 - 8
    BHR 973 - 8
    OMN 968 - 8
    JOR 962 0 8,9
    LBN 961 0 7,8
    SYR 963 0 8,9
    EGY 20 0 9,10
    MAR 212 0 9
    DZA 213 0 8,9
    TUN 216 - 8
    LBY 218 0 8,9
    MLI 223 - 8
    NER 227 - 8
    NGA 234 0 8,10
    SEN 221 - 9
    ZAF 27 0 9
    BRA 55 0 10,11
    COL 57 0 8,10
    DEU 49 0 7,8,9,10,11
    FRA 33 0 9
    ITA 39 - 6,7,8,9,10,11
    ESP 34 - 9
    POL 48 - 9
    GBR 44 0 9,10
    USA 1 1 10
    """
)
"""By ISO 3166-1 alpha-3. Source: ITU-T E.164, national numbering plans."""
