FROM python:3.11-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PATH=/app/.venv/bin:$PATH
WORKDIR /app
COPY requirements.lock requirements-node.lock package.json package-lock.json .npmrc ./
COPY scripts scripts
RUN python3 scripts/omgeving.py run && .venv/bin/python scripts/assets.py
COPY . .
RUN useradd --system --home /app --shell /usr/sbin/nologin site && mkdir -p .data/staticfiles && chown -R site .data
USER site
EXPOSE 8000
CMD ["python", "-m", "config.web.meester", "0.0.0.0:8000"]
