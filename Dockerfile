# The product with the driver of PostgreSQL, as a user of its own that may write nothing but /data.
FROM python:3.13-slim-bookworm AS build
WORKDIR /source
COPY requirements-postgresql.txt ./
RUN python -m venv /product \
    && /product/bin/pip install --no-cache-dir --require-hashes --requirement requirements-postgresql.txt
COPY pyproject.toml README.md LICENSE ./
COPY .ci/description.py .ci/description.py
COPY assessment assessment
COPY templates templates
COPY static static
COPY questionnaires questionnaires
RUN /product/bin/pip install --no-cache-dir --no-deps --no-build-isolation . \
    && /product/bin/python -m compileall -q /product

FROM python:3.13-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin readiness \
    && install --directory --owner=10001 --mode=0700 /data
COPY --from=build /product /product
ENV PATH=/product/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    ISO_READINESS_DATA=/data \
    ISO_READINESS_HOST=0.0.0.0
USER 10001
VOLUME ["/data"]
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s \
    CMD ["python", "-c", "import http.client; asks = http.client.HTTPConnection('127.0.0.1', 8000, timeout=8); asks.request('GET', '/readyz'); raise SystemExit(asks.getresponse().status != 200)"]
ENTRYPOINT ["iso-readiness"]
CMD ["run"]
