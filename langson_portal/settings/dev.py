"""A local data folder on plain HTTP: the same portal without the demands of HTTPS."""

from langson_portal.settings.base import *  # noqa: F403

SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
SECURE_HSTS_PRELOAD = False
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
DEMO_ACCOUNTS_ALLOWED = True
