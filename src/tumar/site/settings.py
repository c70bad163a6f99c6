"""Every setting, read once from the environment; a wrong value stops the start and says which."""

from __future__ import annotations

import os
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF

from tumar.site.environment import MODES, Environment

TREE = Path(__file__).resolve().parents[3]
HERE = TREE if (TREE / "pyproject.toml").exists() else Path.cwd()  # else: installed from a wheel

# --- What the people who run Tumar decide --------------------------------------------------

environment = Environment(os.environ)
CONFIG = environment.config
MODE = environment.choice("TUMAR_MODE", MODES, "development")
VAR = environment.folder(
    "TUMAR_VAR",
    {"production": Path("/var/lib/tumar"), "demo": HERE / "var" / "demo"}.get(MODE, HERE / "var"),
)
TUMAR_KEYS = environment.folder("TUMAR_KEYS", VAR / "keys")
TUMAR_FILES = VAR / "files"
TUMAR_INDEX_BITS = environment.number("TUMAR_INDEX_BITS", 20)
TUMAR_COUNTRY = environment.text("TUMAR_COUNTRY", "KGZ")
TUMAR_WORKERS = environment.number("TUMAR_WORKERS", 2)
TUMAR_TRUSTED_PROXIES = environment.several("TUMAR_TRUSTED_PROXIES")
ORIGIN = environment.text("TUMAR_ORIGIN", "http://127.0.0.1:8000").rstrip("/")
HTTPS = ORIGIN.startswith("https://")
HOST = urlsplit(ORIGIN).hostname or ""
SECRET_KEY = environment.secret("TUMAR_SECRET_KEY")
if not SECRET_KEY and MODE != "production":
    SECRET_KEY = secrets.token_urlsafe(64)
DEBUG = False  # in no mode: a page of settings and local variables would be a page of names
ALLOWED_HOSTS = [host for host in [HOST, *environment.several("TUMAR_HOSTS")] if host]
if MODE != "production":
    ALLOWED_HOSTS += ["127.0.0.1", "localhost"]
CSRF_TRUSTED_ORIGINS = [ORIGIN]

# --- Database and cache --------------------------------------------------------------------

DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(
        environment.secret("TUMAR_DATABASE_URL", f"sqlite:///{VAR / 'tumar.sqlite3'}"),
        conn_max_age=0
        if MODE == "test"
        else 60,  # seconds; a test database must be left to drop it
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE: a transaction takes the write lock at once, so a lock means the same in both
    # databases; WAL and a patient timeout: readers go on while one writes.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    if MODE == "test":
        # A file, not memory: threads, a killed process and the browser's server share it.
        DATABASES["default"]["TEST"] = {"NAME": str(VAR / "test.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Rate limits are counted in the cache, so all server processes must share it.
CACHES: dict[str, Any] = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "tumar_cache",
    }
    if MODE == "production"
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

# --- Signing in ----------------------------------------------------------------------------

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["tumar.access.passwords.OwaspArgon2"]
if MODE == "test":  # the real one costs 40 ms a user
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "demo" if MODE == "demo" else "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "tumar.site.accounts.InvitedOnly"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "20/m/ip,5/300s/key"}
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # Tumar sends no e-mail

# --- Sessions and cookies ------------------------------------------------------------------

SESSION_IDLE = timedelta(minutes=15)  # R07; kept by the session middleware of `access`
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
# The prefix makes a browser refuse a cookie that a neighbouring host has set.
_prefix = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{_prefix}tumar-session"
CSRF_COOKIE_NAME = f"{_prefix}tumar-csrf"
LANGUAGE_COOKIE_NAME = f"{_prefix}tumar-language"

# --- What every answer says to the browser -------------------------------------------------

SECURE_HSTS_SECONDS = int(timedelta(days=730).total_seconds()) if HTTPS else 0
SECURE_SSL_REDIRECT = HTTPS
# `trust_proxies` drops this header unless it comes from TUMAR_TRUSTED_PROXIES.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_CONTENT_TYPE_NOSNIFF = True
# Not "no-referrer": with it browsers send `Origin: null` and every form would be refused.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # HSTS for all subdomains, and
    "security.W021",  # preloading: other services of a ministry are not ours to decide about
]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- What may come in ----------------------------------------------------------------------

TUMAR_UPLOAD_LIMIT = environment.number("TUMAR_UPLOAD_MEGABYTES", 200) * 1024 * 1024  # bytes
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # bytes of a form without its files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
# A photo never lies on a disk in clear, not even while it comes in.
FILE_UPLOAD_HANDLERS = ["tumar.ui.uploads.InMemory"]
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

# --- Languages and time --------------------------------------------------------------------

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ky", "Кыргызча"), ("ru", "Русский"), ("ar", "العربية")]
LOCALE_PATHS = [Path(__file__).resolve().parents[1] / "locale"]

# --- The parts -----------------------------------------------------------------------------

ROOT_URLCONF = "tumar.site.urls"
WSGI_APPLICATION = "tumar.site.wsgi.application"
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if MODE in {"production", "demo"}
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = MODE in {"development", "test"}
WHITENOISE_ALLOW_ALL_ORIGINS = False
INSTALLED_APPS = [
    "django.contrib.admin.apps.SimpleAdminConfig",  # only for the directory; nothing is discovered
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "template_partials",
    "django_htmx",
    "csp",
    "tumar.vault",
    "tumar.reference",
    "tumar.audit",
    "tumar.access",
    "tumar.ui",
    "tumar.people",
    "tumar.protection",
    "tumar.evidence",
    "tumar.site",
]
MIDDLEWARE = [
    "tumar.site.proxies.trust_proxies",
    "tumar.site.headers.harden",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages packed for bad lines. Against guessing by size (BREACH) it adds bytes at random.
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tumar.access.doors.door_middleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # First: our pages for signing in and for the directory stand before allauth's and Django's.
        "DIRS": [Path(__file__).resolve().parent / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tumar.ui.context.shell",
            ]
        },
    }
]

# --- The log: one line per event, nothing personal -----------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "tumar.site.logs.OneLine"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {
        "handlers": ["console"],
        "level": environment.choice(
            "TUMAR_LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR"), "INFO"
        ),
    },
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.db.backends": {"level": "INFO"},  # its DEBUG lines hold the values of queries
    },
}

environment.refuse()
