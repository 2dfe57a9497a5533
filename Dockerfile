# syntax=docker/dockerfile:1
ARG GrainRuntime=Orleans

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG GrainRuntime
# The pages are built by the .NET build, which needs Node.
COPY --from=node:22-bookworm-slim /usr/local/bin/node /usr/local/bin/node
COPY --from=node:22-bookworm-slim /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm && ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx
WORKDIR /source
COPY . .
# Compiled ahead: a silo that joins does not spend its first half minute compiling while it takes over from another.
RUN dotnet publish Silo/Silo.csproj -c Release -p:GrainRuntime=$GrainRuntime --use-current-runtime --self-contained false -p:PublishReadyToRun=true -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS run
RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/* \
    && mkdir /data /backup && chown app:app /data /backup
COPY --from=build /app /app
COPY deploy/entrypoint.sh /entrypoint.sh
USER app
VOLUME ["/data", "/backup"]
EXPOSE 8080 11111 30000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 CMD curl -fsS http://127.0.0.1:8080/health/ready
ENTRYPOINT ["/bin/sh", "/entrypoint.sh"]
CMD ["serve"]
