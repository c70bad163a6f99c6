"""Every address of the house."""

from allauth.account import views as allauth
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from tumar.access.doors import open_to_signed_in, open_to_strangers
from tumar.site.api import api_urls
from tumar.site.directory import directory
from tumar.site.views import account, errors, home, leaving, log, search, signing_in, users

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler429 = errors.too_many  # asked for by allauth
handler500 = errors.broken

# Only what is used of allauth: no sign-up, no e-mail, no reset by e-mail.
SIGNING_IN = [
    path("login/", open_to_strangers(allauth.login), name="account_login"),
    path("logout/", open_to_strangers(allauth.logout), name="account_logout"),
    path("inactive/", open_to_strangers(allauth.account_inactive), name="account_inactive"),
    path(
        "password/change/",
        open_to_signed_in(allauth.password_change),
        name="account_change_password",
    ),
    path(
        "reauthenticate/",
        open_to_signed_in(allauth.reauthenticate),
        name="account_reauthenticate",
    ),
]

DEMONSTRATION = [
    path("demo/", signing_in.demo, name="demo"),
    path("demo/enter/", signing_in.demo_enter, name="demo-enter"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("search/", search.search_page, name="search"),
    path("leave/", leaving.leave, name="leave"),
    path("away/", leaving.away, name="away"),
    path("accounts/", include(SIGNING_IN)),
    path("welcome/<str:token>/", signing_in.welcome, name="invitation"),
    path("account/", account.account, name="account"),
    path("account/organisation/", account.switch, name="switch"),
    path("account/tokens/", account.token_make, name="token-make"),
    path("account/tokens/<int:pk>/end/", account.token_end, name="token-end"),
    path("language/", account.set_language, name="set_language"),
    path("users/", users.users, name="users"),
    path("users/new/", users.user_add, name="user-add"),
    path("users/<int:pk>/", users.user, name="user"),
    path("users/<int:pk>/roles/", users.user_grant, name="user-grant"),
    path("users/<int:pk>/roles/<int:membership>/end/", users.user_end_role, name="user-end-role"),
    path("users/<int:pk>/link/", users.user_invite, name="user-invite"),
    path("users/<int:pk>/disable/", users.user_disable, name="user-disable"),
    path("log/", log.log, name="log"),
    path("reference-admin/", directory.urls),
    path("api/v1/", api_urls()),
    path("people/", include("tumar.people.urls")),
    path("protection/", include("tumar.protection.urls")),
    path("statistics/", include("tumar.evidence.urls")),
    path("ui/", include("tumar.ui.urls")),
]

if settings.MODE == "demo":
    urlpatterns += DEMONSTRATION
