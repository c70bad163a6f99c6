"""Who gets what answer at which address: the table, its world and the walk (T11, T58).

`table.csv` has a row for every address, method and relation, and a column for every role. It is
reviewed like code: `python -m tests.access_matrix` writes what is so now, and `git diff` shows
whoever reviews what has changed. Some answers are never a matter of review; `rules.py` has them.
"""
