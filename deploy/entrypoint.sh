#!/bin/sh
# Other silos and the clients of the cluster reach this one under the address that its container has now.
set -eu
if [ "${1:-serve}" != serve ]; then
  exec dotnet /app/OneStop.Silo.dll "$@"
fi
shift || true
exec dotnet /app/OneStop.Silo.dll serve \
  --data /data --urls http://0.0.0.0:8080 --log "${ONESTOP_LOG:-json}" \
  ${ONESTOP_POSTGRES:+--postgres "$ONESTOP_POSTGRES"} \
  ${ONESTOP_CLUSTER:+--cluster "$ONESTOP_CLUSTER" --silo-port 11111 --gateway-port 30000 --advertise "$(hostname -i | cut -d' ' -f1)"} \
  "$@"
