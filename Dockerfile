# One image for web, api, rooms and sfu; docker-compose.yml says which of them a container is.

FROM node:24.21.0-bookworm-slim AS base
WORKDIR /app

# What is there to install, without the sources: this layer outlives a change of code.
FROM base AS manifests
COPY package.json package-lock.json .npmrc ./
COPY api/package.json api/
COPY rooms/package.json rooms/
COPY sfu/package.json sfu/
COPY web/package.json web/

FROM manifests AS page
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build

# What runs: no bundler, no tests. Node comes with the image; the npm package of it stays out.
FROM manifests AS packages
RUN npm ci --ignore-scripts --omit=dev --workspace api --workspace rooms --workspace sfu \
    --include-workspace-root \
  && rm -rf node_modules/node node_modules/node-bin-* node_modules/.bin/node

# The worker that carries voice: mediasoup's own binary where it can be had, else built from source.
FROM packages AS worker
COPY sfu sfu
ENV HARMONIUM_CACHE_DIR=/cache
RUN mkdir /worker \
  && cp "$(node sfu/worker/main.ts)" /worker/mediasoup-worker \
  && ldd /worker/mediasoup-worker | awk '$3 ~ /^\// { print $3 }' | xargs -r -n 1 readlink -f \
  | sed 's,^/usr,,' | while read -r file; do dpkg-query -S "$file" "/usr$file" 2> /dev/null; done \
  | cut -d : -f 1 | sort -u > /worker/packages

FROM base
ENV NODE_ENV=production MEDIASOUP_WORKER_BIN=/app/mediasoup-worker
COPY --from=worker /worker /app
RUN apt-get update \
  && xargs -r apt-get install --yes --no-install-recommends < packages \
  && rm -rf /var/lib/apt/lists/* packages \
  && install -d -o node -g node /data /data/rooms
COPY --from=packages /app/node_modules node_modules
COPY . .
COPY --from=page /app/web/dist web/dist
USER node
# Fails here, and not in somebody's call, when the worker lacks a library.
RUN node sfu/worker/main.ts
EXPOSE 3000 3001 3002 3003
CMD ["node", "api/src/node.ts"]
