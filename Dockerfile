# One image for web, worker, beat and migrations: docker-compose.yml gives each its command.
FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1

# The same packages as scripts/setup.py installs: layout of the PDF and the report's own font.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        fontconfig \
        fonts-croscore \
        libharfbuzz-subset0 \
        libpango-1.0-0 \
        libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/* \
    && fc-cache --force

# A number, so that the owner of a volume's files is the same after each build. Its home is the
# one folder that can be written to when the root file system is read-only.
RUN useradd --system --uid 10001 --home-dir /tmp --shell /usr/sbin/nologin portal \
    && install --directory --owner=portal --mode=700 /srv/files

WORKDIR /app
COPY requirements.lock ./
RUN python -m pip install --no-cache-dir --require-hashes --requirement requirements.lock

# All but what .dockerignore keeps out: a new field of work needs no line here.
COPY . ./

# Nothing here is secret or used again: collecting files only asks that settings are complete.
RUN python scripts/build_assets.py \
    && DJANGO_SETTINGS_MODULE=langson_portal.settings.base SECRET_KEY=unused ALLOWED_HOSTS=unused \
        DATABASE_URL=postgres://unused/unused REDIS_URL=redis://unused FILES_ROOT=/tmp \
        python manage.py collectstatic --noinput

USER portal
