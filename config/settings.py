"""Django's settings, all from `config.environment`. Nothing legal stands here: laws live in `chungtay/law`."""

from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from config.environment import ROOT, Environment, Mode

ENV = Environment()
MODE = ENV.mode
DATA_DIR = ENV.data_dir
DATA_DIR.mkdir(parents=True, exist_ok=True)
IS_DEMO = MODE is Mode.DEMO

DEBUG = False
SECRET_KEY = ENV.secret_key.get_secret_value()
ALLOWED_HOSTS = [*ENV.hosts, "testserver"] if MODE is Mode.TEST else ENV.hosts
PUBLIC_ADDRESS = ENV.public_address.rstrip("/")
SIGNING_KEY = ENV.signing_key.get_secret_value()
REQUIRE_MFA = ENV.require_mfa
WORKING_DAY = ENV.working_day
WITNESS_DIR = ENV.witness_dir
RUNTIME_ROLE = ENV.runtime_role

INSTALLED_APPS = [
    "chungtay.accounts",  # before allauth: our login pages win
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "chungtay.records",
    "chungtay.places",
    "chungtay.parties",
    "chungtay.documents",
    "chungtay.sheets",
    "chungtay.movements",
    "chungtay.ledger",
    "chungtay.households",
    "chungtay.reviews",
    "chungtay.contributions",
    "chungtay.targets",
    "chungtay.registrations",
    "chungtay.conduct",
    "chungtay.practices",
    "chungtay.merits",
    "chungtay.nominations",
    "chungtay.council",
    "chungtay.decisions",
    "chungtay.prospects",
    "chungtay.desk",
    "chungtay.public",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "chungtay.accounts.middleware.SeatMiddleware",
    "chungtay.accounts.sight.SightMiddleware",
    "chungtay.accounts.middleware.RefusalMiddleware",
    "chungtay.records.middleware.ActOnceMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "chungtay.desk.context.frame",
            ],
            "builtins": ["chungtay.records.templatetags.vn"],
        },
    }
]

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        " PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
    ),
}


def database(url: str, data_dir: Path) -> dict[str, Any]:
    """The connection for `DATABASE_URL`, or the embedded SQLite when it is empty."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": data_dir / "chungtay.sqlite3",
            "OPTIONS": SQLITE_OPTIONS,
            "TEST": {"NAME": str(data_dir / "test.sqlite3")},
        }
    found = dict(dj_database_url.parse(url))
    if "sqlite" in str(found["ENGINE"]):
        found["OPTIONS"] = SQLITE_OPTIONS
    else:
        # Pages are short: starting workers or compiling a query costs more than they could ever save.
        options: dict[str, Any] = {"options": "-c jit=off -c max_parallel_workers_per_gather=0"}
        options |= dict(found.get("OPTIONS") or {})  # type: ignore[call-overload]
        if MODE is not Mode.TEST:
            options["pool"] = {"min_size": 1, "max_size": 8}
        found["OPTIONS"] = options
    return found


DATABASES = {"default": database(ENV.database_url, DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if MODE is Mode.TEST
    else ["django.contrib.auth.hashers.Argon2PasswordHasher"]
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"
LOGOUT_REDIRECT_URL = "public:home"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "chungtay.accounts.adapter.OfficialsOnly"
ACCOUNT_USER_DISPLAY = str
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login_failed": "10/5m/ip,5/5m/key"} if MODE is not Mode.TEST else False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "chungtay"

# What is drawn once and shown often; the tests draw everything, since their figures are taken back.
KEEPS = "locmem.LocMemCache" if MODE is not Mode.TEST else "dummy.DummyCache"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "drawn": {
        "BACKEND": f"django.core.cache.backends.{KEEPS}",
        "LOCATION": "drawn",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
}

# How long a process keeps the area of a desk; in the tests not at all, where places come and go.
AREAS_KEPT_SECONDS = 0.0 if MODE is Mode.TEST else 15.0

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
USE_I18N = True
LOCALE_PATHS = [ROOT / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "staticfiles"
STATICFILES_DIRS = [ROOT / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE is Mode.TEST
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = MODE is Mode.TEST
FILES_DIR = DATA_DIR / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
SHEET_LISTS = [
    "chungtay.households.lists.HOUSEHOLDS",
    "chungtay.households.lists_of_people.PEOPLE",
    "chungtay.reviews.score_lists.SCORES",
    "chungtay.contributions.lists.GIFTS",
    "chungtay.conduct.lists.LOANS",
    "chungtay.contributions.lists.BANK",
]
"""Dotted names of the lists that may be handed in as spreadsheets (`sheets.registry.SheetList`)."""

TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.dummy.DummyBackend"
        if MODE is Mode.TEST
        else "django_tasks_db.DatabaseBackend",
    }
}

if MODE is Mode.TEST:
    EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
elif ENV.mail_url:
    from urllib.parse import unquote, urlsplit

    _mail = urlsplit(ENV.mail_url)
    EMAIL_HOST, EMAIL_PORT = _mail.hostname or "", _mail.port or 587
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
    EMAIL_USE_TLS = True
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mail"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
CSRF_FAILURE_VIEW = "chungtay.public.errors.csrf_failed"
if ENV.https:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": ENV.log_level},
}
