# The portal as one image, used for the web server and the worker; see compose.yaml and docs/beheer.md.
FROM python:3.12-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /portal/.venv
COPY requirements/production.txt /tmp/production.txt
RUN /portal/.venv/bin/pip install --quiet --require-hashes -r /tmp/production.txt

FROM python:3.12-slim
# pg_dump and pg_restore, for backups.
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends postgresql-client \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 1000 --home-dir /portal --shell /usr/sbin/nologin portal \
    && install -d -o portal -g portal /data
COPY --from=build /portal/.venv /portal/.venv
WORKDIR /portal
COPY manage.py ./
COPY portal portal
COPY cases cases
COPY network network
COPY search search
ENV PATH=/portal/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=portal.settings.production \
    PORTAL_DATA_DIR=/data
USER portal
VOLUME /data
EXPOSE 8000
# Live, not ready: a slow database restarts no process.
HEALTHCHECK --interval=30s --timeout=5s --start-period=120s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["sh", "-c", "python manage.py prepare && python manage.py create_first_admin && exec gunicorn --config python:portal.operations.gunicorn_config --bind 0.0.0.0:8000 portal.wsgi"]
