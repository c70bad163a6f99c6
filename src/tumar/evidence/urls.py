"""The addresses of the room."""

from django.urls import path

from tumar.evidence.views import imports, statistics

app_name = "evidence"

urlpatterns = [
    path("", statistics.statistics_page, name="statistics"),
    path("download/<str:kind>/", statistics.download, name="download"),
    path("count/", statistics.count_cases, name="count"),
    path("import/", imports.import_page, name="import"),
    path("import/<int:number>/", imports.batch_page, name="batch"),
    path("import/<int:number>/bad-rows.csv", imports.bad_rows, name="bad_rows"),
]
