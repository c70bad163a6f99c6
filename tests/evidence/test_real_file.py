"""The real file, where it lies beside the checkout: its published totals come out."""

from pathlib import Path

import pytest

from tests.factories import THEN
from tumar.access import SYSTEM
from tumar.evidence.exchange import import_ctdc
from tumar.evidence.models import Record
from tumar.evidence.queries import Filters, statistics

NAME = "ctdc_global_k-anon_2021-07-15.csv.gz"
FILE = Path(__file__).resolve().parents[3] / "shared" / "data" / NAME


if FILE.exists():

    @pytest.mark.slow
    @pytest.mark.django_db
    def test_the_published_totals_of_the_real_file_come_out() -> None:
        report = import_ctdc(actor=SYSTEM, path_or_file=FILE, keep="none", at=THEN)
        again = import_ctdc(actor=SYSTEM, path_or_file=FILE, keep="none", at=THEN)

        assert (report.batch.rows_added, report.batch.rows_refused) == (97_750, 0)
        assert (again.batch.rows_added, again.batch.rows_there) == (0, 97_750)
        found = statistics(Filters("imported"), THEN)
        assert found is not None
        assert found.total == Record.objects.count() == 97_750
        shown = {
            (table.key, line.code): line.amount for table in found.tables for line in table.lines
        }
        assert shown["sex", "female"] == 68_083
        assert shown["sex", "male"] == 21_465
        assert shown["sex", "other"] == 64
        assert shown["datasource", "Hotline"] == 52_607
        assert shown["datasource", "Case Management"] == 45_143
        assert shown["form", "sexual"] == 45_582
        assert shown["form", "forced_labour"] == 19_980
        assert shown["citizenship", "KGZ"] == 458

else:

    def test_the_real_ctdc_file_is_not_here_and_its_totals_were_not_checked() -> None:
        assert not FILE.exists()
