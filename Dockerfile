# The bot alone: no compiler, no local Discord, no tools of npm's. Build and run it with compose.yaml, or:
#   docker build -t wayout .
#   docker run --init --read-only --cap-drop ALL --security-opt no-new-privileges --env-file .env wayout

FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY scripts/build.ts scripts/
COPY commands commands
COPY src src
COPY knowledge knowledge
RUN npm run build

FROM node:24-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# What is optional belongs to the local Discord.
RUN npm ci --omit=dev --omit=optional --ignore-scripts

FROM node:24-slim
# Nothing here installs anything, and what is not there cannot be misused.
RUN rm -rf /usr/local/lib/node_modules /opt/yarn* /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/yarn /usr/local/bin/yarnpkg /usr/local/bin/corepack
WORKDIR /app
COPY package.json LICENSE ./
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY knowledge knowledge
ENV NODE_ENV=production PORT=3000 METRICS_PORT=9464
# The HTTP endpoint, which is served where DISCORD_PUBLIC_KEY is set; health and metrics.
EXPOSE 3000 9464
# By number, so that Kubernetes can see that it is not root: the image's own user "node".
USER 1000:1000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "--eval", "fetch(`http://127.0.0.1:${process.env.METRICS_PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Newer versions of Node take far more memory for short-lived objects than answers need: 290 MiB under load instead of 150.
CMD ["node", "--max-semi-space-size=8", "--max-old-space-size=160", "--enable-source-maps", "dist/src/main.js"]
