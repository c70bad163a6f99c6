"""Cases in the layouts of the Human Trafficking Case Data Standard (HTCDS 2.0), in and out."""

from tumar.protection.exchange.exporting import ExportReport, TooManyCases, Wish, export_htcds
from tumar.protection.exchange.importing import ImportReport, UnknownColumns, import_htcds
from tumar.protection.exchange.workbooks import NotReadable

__all__ = [
    "ExportReport",
    "ImportReport",
    "NotReadable",
    "TooManyCases",
    "UnknownColumns",
    "Wish",
    "export_htcds",
    "import_htcds",
]
