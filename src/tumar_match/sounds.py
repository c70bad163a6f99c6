"""Letters of several scripts read as sounds of one small alphabet, with their alternatives.

The alphabet: `a e i o u` and the glide `y`; `b d g h k l m n p r s t v z`; and three capitals,
`S` as in *ship*, `C` as in *chip*, `J` for everything between *zh* and *dzh*. It keeps what
speakers of the region hear as different and melts what clerks spell at will.
"""

from collections.abc import Mapping

Readings = Mapping[str, tuple[str, ...]]
"""A letter or group of letters, and its sounds: the likeliest first."""


def _table(text: str) -> dict[str, tuple[str, ...]]:
    """Read `letters=sound|other` pairs; a bare `letters=` is silent."""
    pairs = (pair.split("=") for pair in text.split())
    return {letters: tuple(sounds.split("|")) for letters, sounds in pairs}


CYRILLIC: Readings = _table(
    """
    а=a б=b в=v г=g|h ґ=g ғ=g д=d е=e ё=o є=e ж=J дж=J җ=J ҷ=J з=z дз=z и=i і=i ї=i й=y ӣ=i
    к=k қ=k л=l м=m н=n ң=n нг=n|ng о=o ө=o п=p р=r с=s т=t у=u ү=u ұ=u ӯ=u ў=u|v ф=v х=h ҳ=h
    һ=h ц=ts ч=C тч=C ш=S щ=S шч=S ъ= ь= ы=i э=e ю=yu я=ya ә=a ə=a
    """
)

ARABIC: Readings = _table(
    """
    ا=a أ=a إ=i آ=a ء= ئ=y ؤ=u ب=b|p پ=p ت=t تش=C ث=s|t ج=J|g دج=J چ=C ح=h خ=h د=d ذ=z|d ر=r
    ز=z ژ=J س=s ش=S ص=s ض=d|z ط=t ظ=z ع=a غ=g ف=v ڤ=v ق=k|g ك=k ک=k گ=g ل=l م=m ن=n ں=n نگ=n|ng
    ه=h ة=a ۀ=a ھ= و=u|v ي=i ی=i ى=a ے=e ڈ=d ٹ=t ڑ=r ۋ=v ۇ=u ۆ=o ە=a ې=e ڭ=n ہ=h
    """
)

# The vowel that a bare consonant carries is left out: skeletons have none.
DEVANAGARI: Readings = _table(
    """
    अ=a आ=a ा=a इ=i ई=i ि=i ी=i उ=u ऊ=u ु=u ू=u ए=e ऐ=e े=e ै=e ओ=o औ=o ो=o ौ=o ऋ=ri ृ=ri ं=n ँ=n
    क=k ख=k ग=g घ=g ङ=n च=C छ=C ज=J ज़=z झ=J ञ=n ट=t ठ=t ड=d ढ=d ण=n त=t थ=t द=d ध=d न=n प=p फ=p|v
    ब=b भ=b म=m य=y र=r ल=l व=v|b श=S ष=S स=s ह=h ः= ्= ़=
    """
)

# Several spelling traditions share these letters: English, French, German, Polish, Turkish,
# Uzbek, Hungarian, Estonian. No reading is right for all, hence the alternatives.
LATIN: Readings = _table(
    """
    a=a ä=a æ=a å=o b=b bh=b c=k|J|s ch=C|h|S chh=C ck=k cz=C č=C ć=C ç=C d=d dh=d dj=J dž=J dż=J
    dzs=J dzh=J dzj=J dsch=J dz=z dsh=J e=e ə=a f=v g=g gh=g ğ=g h=h ħ=h i=i ı=i ie=e j=J|y jh=J k=k
    kh=h|k l=l ł=l m=m n=n ñ=n ng=n|ng ŋ=n o=o ö=o ø=o ou=u p=p ph=v q=k r=r rh=r s=s sch=S|J sh=S
    sj=S sz=S|s szcz=S shch=S š=S ş=S ś=S šč=S ß=s t=t th=t tch=C tsch=C tj=C tš=C tz=ts u=u ü=u
    v=v w=v x=h|ks y=y z=z zh=J zj=J zs=J ž=J ż=J ź=z
    """
)


def readings_of(letters: str) -> Readings:
    """The table for a word, by its first letter that is in one; Latin if none is."""
    for letter in letters:
        for table in (CYRILLIC, ARABIC, DEVANAGARI):
            if letter in table:
                return table
    return LATIN
