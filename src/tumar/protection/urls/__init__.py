"""The addresses of the room, a file per noun."""

from tumar.protection.urls.begin import BEGIN_URLS
from tumar.protection.urls.case import CASE_URLS
from tumar.protection.urls.exchange import EXCHANGE_URLS
from tumar.protection.urls.referral import REFERRAL_URLS
from tumar.protection.urls.screening import SCREENING_URLS

app_name = "protection"

urlpatterns = [*BEGIN_URLS, *SCREENING_URLS, *CASE_URLS, *REFERRAL_URLS, *EXCHANGE_URLS]
