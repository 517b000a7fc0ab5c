#!/bin/sh
# Run once by the PostgreSQL image, as its superuser, when the database volume is empty.
# Two roles: the owner migrates; the application is neither owner nor superuser, so it can
# neither change tables nor rewrite history.
set -eu
: "${PORTAL_OWNER_PASSWORD:?}" "${PORTAL_APP_PASSWORD:?}"

# psql takes the passwords from the environment: a command line can be read by everybody.
psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 \
    --username="${POSTGRES_USER:-postgres}" --dbname=postgres <<'SQL'
\getenv owner_password PORTAL_OWNER_PASSWORD
\getenv app_password PORTAL_APP_PASSWORD
CREATE ROLE portal_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE portal_app LOGIN PASSWORD :'app_password';
CREATE DATABASE langson_portal OWNER portal_owner;
REVOKE ALL ON DATABASE langson_portal FROM PUBLIC;
GRANT CONNECT ON DATABASE langson_portal TO portal_app;
SQL
