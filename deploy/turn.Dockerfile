# Debian's coturn, the one that is tested with.
FROM node:24.21.0-bookworm-slim
RUN apt-get update \
  && apt-get install --yes --no-install-recommends coturn \
  && rm -rf /var/lib/apt/lists/*
USER turnserver
