"""The one settings file.

Starts with nothing set (a development machine with the demo town). Everything a real town changes
comes from the environment; a value that is missing in production stops the start with the remedy.

Environment: DATABASE_URL, DEMO (1 = demo town, the default outside production), PRODUCTIE (1),
GEHEIM (Django's secret key), DOSSIERSLEUTEL (wraps the keys of the cases, 32 bytes as base64),
BETEKENIS (0 = search by words only, which saves 130 MB per process),
HOSTS (comma-separated), SMTP_URL (smtp://user:password@host:587?tls=1), AFZENDER (sender address),
DATAMAP (files, demo mail), PROXIES (number of trusted proxies in front), SCANNER (clamd that looks at uploads:
tcp://127.0.0.1:3310 or unix:///run/clamav/clamd.ctl; empty is none), ANTWOORDADRES, IMAP_URL,
MAIL_ONTVANGER, MAIL_ONBEVESTIGD and MAIL_BEWAAR_DAGEN (mail in, see docs/handleiding/mail.md).
"""

import os
from base64 import urlsafe_b64decode
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pghistory
from django.core.exceptions import ImproperlyConfigured

from hulpmiddelen import devpg

BASE_DIR = Path(__file__).resolve().parent.parent


def vlag(naam, standaard=False):
    """True or False from an environment variable."""
    waarde = os.environ.get(naam, "").strip().lower()
    return standaard if not waarde else waarde in {"1", "ja", "true", "yes", "on"}


def verplicht(naam, uitleg):
    """The value of an environment variable that production cannot do without.

    Raises ImproperlyConfigured with the remedy when it is missing.
    """
    waarde = os.environ.get(naam, "")
    if not waarde:
        raise ImproperlyConfigured(f"{naam} is not set. {uitleg}")
    return waarde


PRODUCTIE = vlag("PRODUCTIE")
DEMO = vlag("DEMO", standaard=not PRODUCTIE)
DEBUG = False
DATAMAP = Path(os.environ.get("DATAMAP") or BASE_DIR / ".data")

if PRODUCTIE:
    if DEMO:
        raise ImproperlyConfigured("DEMO and PRODUCTIE are both on. Choose one.")
    SECRET_KEY = verplicht("GEHEIM", "Make one with: python -c 'import secrets; print(secrets.token_urlsafe(50))'")
    DOSSIERSLEUTEL = verplicht(
        "DOSSIERSLEUTEL",
        "Make one with: python -c 'import os, base64; print(base64.urlsafe_b64encode(os.urandom(32)).decode())'"
        " and keep it outside the database and its backups.",
    )
    ALLOWED_HOSTS = verplicht("HOSTS", "Give the host names of the portal, comma-separated.").split(",")
else:
    SECRET_KEY = os.environ.get("GEHEIM", "demo-only-not-a-secret-wilgenbeke-demo-only-not-a-secret")
    DOSSIERSLEUTEL = os.environ.get("DOSSIERSLEUTEL", "ZGVtby1vbmx5LWtleS1vZi10aGUtdG93bi0zMmJ5dGU=")
    ALLOWED_HOSTS = os.environ.get("HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
if len(urlsafe_b64decode(DOSSIERSLEUTEL)) != 32:
    raise ImproperlyConfigured("DOSSIERSLEUTEL must be 32 bytes, written as url-safe base64.")

# --- apps -------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "participatie",
    "loket",
    "plan",
    "sociaalhuis",
    "sociaalhuis.beheer.BeheerConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "pgtrigger",
    "pghistory",
]

MIDDLEWARE = [
    "sociaalhuis.middleware.koppen.Koppen",
    "sociaalhuis.middleware.klein.Klein",
    "sociaalhuis.middleware.methoden.Methoden",
    "sociaalhuis.middleware.storing.DatabaseWeg",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "sociaalhuis.middleware.sessie.SessieGrens",
    "sociaalhuis.middleware.sessie.TweedeFactor",
    "pghistory.middleware.HistoryMiddleware",
]

ROOT_URLCONF = "sociaalhuis.urls"
WSGI_APPLICATION = "sociaalhuis.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sociaalhuis.context.huis",
            ],
            "builtins": [
                "django.templatetags.static",
                "sociaalhuis.templatetags.huis",
                "sociaalhuis.templatetags.bewaard",
            ],
        },
    },
]

# --- database ---------------------------------------------------------------------------------


def uit_url(url):
    """Django's connection settings from postgresql://user:password@host:port/name?host=/socket/dir."""
    delen = urlsplit(url)
    if delen.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must start with postgresql://")
    opties = {sleutel: waarden[-1] for sleutel, waarden in parse_qs(delen.query).items()}
    return {
        "NAME": unquote(delen.path.lstrip("/")),
        "USER": unquote(delen.username or ""),
        "PASSWORD": unquote(delen.password or ""),
        "HOST": opties.pop("host", delen.hostname or ""),
        "PORT": str(delen.port or ""),
        "OPTIONS": opties,
    }


if os.environ.get("DATABASE_URL"):
    verbinding = uit_url(os.environ["DATABASE_URL"])
elif PRODUCTIE:
    raise ImproperlyConfigured("DATABASE_URL is not set. The embedded PostgreSQL is for development only.")
else:
    verbinding = devpg.verbinding()

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        **verbinding,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": False,  # the front cache asks every request anyway, and mends what is broken
        "TEST": {"NAME": f"test_sociaalhuis_{os.getpid()}"},
    }
}
DATABASES["default"]["OPTIONS"] = {"connect_timeout": 3, **DATABASES["default"].get("OPTIONS", {})}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "sociaalhuis_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

# --- language ---------------------------------------------------------------------------------

LANGUAGE_CODE = "nl-be"
LANGUAGES = [("nl-be", "Nederlands")]
TIME_ZONE = "Europe/Brussels"
USE_I18N = True
USE_TZ = True
LOCALE_PATHS = [BASE_DIR / "locale"]  # what Django and its packages say too formally

# --- files ------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATAMAP / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = DATAMAP / "bestanden"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 31_536_000 if PRODUCTIE else 3600
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 10_500_000
SCANNER = os.environ.get("SCANNER", "")
if SCANNER and urlsplit(SCANNER).scheme not in {"tcp", "unix"}:
    raise ImproperlyConfigured("SCANNER must look like tcp://127.0.0.1:3310 or unix:///run/clamav/clamd.ctl")

# --- who you are ------------------------------------------------------------------------------

AUTH_USER_MODEL = "sociaalhuis.Gebruiker"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start_na_aanmelden"
ACCOUNT_ADAPTER = "sociaalhuis.aanmelden.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_FORMS = {"request_login_code": "sociaalhuis.aanmelden.CodeAanvraag"}
# Passwords and codes are limited per user and address in sociaalhuis.aanmelden; "login_failed" is the second factor.
ACCOUNT_RATE_LIMITS = {
    "login": "",
    "request_login_code": "",
    "login_failed": "5/5m/key",
    "reset_password": "20/m/ip,10/h/key",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Sociaal Huis"
MFA_FORMS = {}
USERSESSIONS_TRACK_ACTIVITY = True
TWEEDE_FACTOR_VERPLICHT = not DEMO
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("PROXIES", "0"))

# --- sessions and headers ---------------------------------------------------------------------

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 10 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTIE
SESSION_COOKIE_NAME = "__Host-sessie" if PRODUCTIE else "sessie"
CSRF_COOKIE_NAME = "__Host-csrf" if PRODUCTIE else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "sociaalhuis.views.fouten.csrf"
IDLE_MINUTEN_BEZOEKER = 30
IDLE_MINUTEN_MEDEWERKER = 15
ABSOLUTE_UREN = 10
SECURE_SSL_REDIRECT = PRODUCTIE and vlag("HTTPS_OMLEIDEN", standaard=True)
SECURE_REDIRECT_EXEMPT = [r"^gezond/$"]  # monitoring asks from inside
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = ["security.W002"]  # X-Frame-Options is set by middleware.koppen, on every response
QUICK_EXIT_URL = "https://www.meteo.be/nl"

# --- mail -------------------------------------------------------------------------------------


def smtp(url):
    """Django's mail settings from smtp://user:password@host:port?tls=1."""
    delen = urlsplit(url)
    opties = parse_qs(delen.query)
    return {
        "EMAIL_HOST": delen.hostname or "localhost",
        "EMAIL_PORT": delen.port or 25,
        "EMAIL_HOST_USER": unquote(delen.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(delen.password or ""),
        "EMAIL_USE_TLS": opties.get("tls") == ["1"],
        "EMAIL_USE_SSL": delen.scheme == "smtps",
    }


EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = os.environ.get("AFZENDER", "Sociaal Huis Wilgenbeke <sociaalhuis@wilgenbeke.example>")
if os.environ.get("SMTP_URL"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    globals().update(smtp(os.environ["SMTP_URL"]))
elif PRODUCTIE:
    raise ImproperlyConfigured("SMTP_URL is not set. Give the mail server as smtp://user:password@host:587?tls=1")
else:
    EMAIL_BACKEND = "sociaalhuis.post.eml.EmlBackend"
POSTMAP = DATAMAP / "post"

# mail in: the address that people may answer to, with one * for the random part of each case; empty = nobody reads answers
ANTWOORDADRES = os.environ.get("ANTWOORDADRES", "" if PRODUCTIE else "loket+*@wilgenbeke.example").strip().lower()
if ANTWOORDADRES and (ANTWOORDADRES.count("*") != 1 or ANTWOORDADRES.count("@") != 1):
    raise ImproperlyConfigured("ANTWOORDADRES is an address with one *, such as loket+*@town.be or *@answer.town.be.")
IMAP_URL = os.environ.get("IMAP_URL", "")  # imaps://user:password@host:993/INBOX?verwerkt=Verwerkt
# the names under which the mail server of the town writes Authentication-Results; empty = nothing is said of senders
MAIL_ONTVANGERS = [n for n in os.environ.get("MAIL_ONTVANGER", "").lower().replace(",", " ").split() if n]
MAIL_ONBEVESTIGD = os.environ.get("MAIL_ONBEVESTIGD", "toon")  # "toon": say it; "opzij": a person decides first
if MAIL_ONBEVESTIGD not in {"toon", "opzij"} or (MAIL_ONBEVESTIGD == "opzij" and not MAIL_ONTVANGERS):
    raise ImproperlyConfigured("MAIL_ONBEVESTIGD is toon, or opzij together with MAIL_ONTVANGER.")
MAIL_MAX_BYTES = 25_000_000  # of one message; of a larger one the beginning is kept
MAIL_BEWAAR_DAGEN = int(os.environ.get("MAIL_BEWAAR_DAGEN") or 30)  # after processing the message itself goes
SITE_URL = os.environ.get("SITE_URL") or f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"

# --- appointments -----------------------------------------------------------------------------

AFSPRAAK_BEWAARDAGEN = int(os.environ.get("AFSPRAAK_BEWAARDAGEN", "30"))  # after that, who came is erased
# --- search -----------------------------------------------------------------------------------

ZOEK_OP_BETEKENIS = vlag("BETEKENIS", standaard=True)
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # threads that wait for each other made one question 7 times slower

# --- forms, history, logs ---------------------------------------------------------------------

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
FORM_RENDERER = "sociaalhuis.formulier.Schrijver"
PGHISTORY_APPEND_ONLY = True
PGHISTORY_DEFAULT_TRACKERS = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")  # a reading touches no session

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "kort": {
            "()": "sociaalhuis.logboek.ZonderInhoud" if PRODUCTIE else "logging.Formatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "kort"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"django.server": {"level": "WARNING"}, "django.request": {"level": "ERROR"}},
}
