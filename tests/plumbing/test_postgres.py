"""The throw-away PostgreSQL comes, answers and leaves nothing behind."""

from pathlib import Path

import psycopg
import pytest
from dj_database_url import parse

from tools.postgres import throw_away_cluster


@pytest.mark.once
def test_a_throw_away_cluster_answers_and_is_gone_afterwards() -> None:
    with throw_away_cluster() as url:
        parts = parse(url)
        with psycopg.connect(host=parts["HOST"], user=parts["USER"], dbname=parts["NAME"]) as it:
            answer = it.execute("SELECT 6 * 7").fetchone()

    assert answer == (42,)
    assert not Path(parts["HOST"]).exists()
