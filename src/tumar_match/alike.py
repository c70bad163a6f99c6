"""How alike two short strings are."""


def jaro_winkler(one: str, other: str) -> float:
    """Likeness between 0 and 1 that forgives swapped letters and trusts beginnings.

    Source:
        Winkler (1990), String comparator metrics and enhanced decision rules; prefix weight 0.1
        over at most four letters.
    """
    if one == other:
        return 1.0
    one, other = sorted((one, other))  # the greedy search below depends on who comes first
    pairs = _common(one, other)
    if not pairs:
        return 0.0
    common = len(pairs)
    in_other_order = sorted(pairs, key=lambda pair: pair[1])
    swapped = sum(
        one[ours[0]] != other[theirs[1]] for ours, theirs in zip(pairs, in_other_order, strict=True)
    )
    jaro = (common / len(one) + common / len(other) + (common - swapped / 2) / common) / 3
    return jaro + _prefix(one, other) * 0.1 * (1 - jaro)


def _common(one: str, other: str) -> list[tuple[int, int]]:
    """Positions of equal letters no further apart than half the longer string."""
    reach = max(0, max(len(one), len(other)) // 2 - 1)
    taken: set[int] = set()
    pairs = []
    for i, letter in enumerate(one):
        for j in range(max(0, i - reach), min(len(other), i + reach + 1)):
            if j not in taken and other[j] == letter:
                taken.add(j)
                pairs.append((i, j))
                break
    return pairs


def _prefix(one: str, other: str) -> int:
    length = 0
    for ours, theirs in zip(one[:4], other[:4], strict=False):
        if ours != theirs:
            break
        length += 1
    return length
