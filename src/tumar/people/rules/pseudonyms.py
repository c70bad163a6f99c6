"""What a person is called where her name may not be known."""

import secrets

# Crockford's alphabet: nothing that is read for something else over a telephone.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

# Things nobody minds being called by, in words that say nothing about anyone.
COLOURS = (
    "Amber", "Azure", "Copper", "Coral", "Crimson", "Emerald", "Golden", "Indigo",
    "Ivory", "Jade", "Lilac", "Maroon", "Pearl", "Rose", "Ruby", "Saffron",
    "Scarlet", "Silver", "Teal", "Violet",
)  # fmt: skip
THINGS = (
    "Almond", "Apple", "Apricot", "Birch", "Brook", "Cedar", "Cloud", "Crane",
    "Dove", "Falcon", "Fern", "Field", "Garden", "Harbour", "Hazel", "Heron",
    "Hill", "Island", "Juniper", "Lake", "Lantern", "Lark", "Leaf", "Linden",
    "Maple", "Meadow", "Moon", "Mountain", "Oak", "Orchard", "Pebble", "Pine",
    "Poplar", "Rain", "River", "Robin", "Snow", "Spring", "Star", "Stone",
    "Swallow", "Thistle", "Tulip", "Valley", "Walnut", "Wave", "Willow", "Wind",
)  # fmt: skip


def new_pseudonym() -> str:
    """A reference of 40 random bits, such as P-7K3M2QX4."""
    return "P-" + "".join(secrets.choice(ALPHABET) for _ in range(8))


def new_code_name() -> str:
    """Two words to speak of her by, such as "Silver Heron"; not unique, and need not be."""
    return f"{secrets.choice(COLOURS)} {secrets.choice(THINGS)}"
