"""Addresses of import and export."""

from django.urls import URLPattern, path

from tumar.protection.views import exchange

EXCHANGE_URLS: list[URLPattern] = [
    path("exchange/", exchange.exchange, name="exchange"),
    path("exchange/import/", exchange.import_cases, name="import-cases"),
    path("exchange/export/", exchange.export_cases, name="export-cases"),
    path("exchange/imports/<int:pk>/", exchange.exchange_import, name="exchange-import"),
]
