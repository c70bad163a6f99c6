"""Import of CTDC files, and export of records and statistics."""

from tumar.evidence.exchange.ctdc import ImportReport, export_ctdc, import_ctdc
from tumar.evidence.exchange.files import NotReadable
from tumar.evidence.exchange.statistics import export_statistics

__all__ = ["ImportReport", "NotReadable", "export_ctdc", "export_statistics", "import_ctdc"]
