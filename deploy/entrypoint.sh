#!/bin/sh
# Starts a silo in its container, or runs a command of the program on the record that the silos share.
set -eu
program=/app/OneStop.Silo.dll
command=${1:-serve}
[ $# -eq 0 ] || shift

set -- "$@" --data /data ${ONESTOP_POSTGRES:+--postgres "$ONESTOP_POSTGRES"}
if [ "$command" = serve ]; then
  set -- "$@" --urls http://0.0.0.0:8080 --log "${ONESTOP_LOG:-json}"
  # Other silos and the clients of the cluster reach this one under the address that its container has now.
  [ -z "${ONESTOP_CLUSTER:-}" ] || set -- "$@" --cluster "$ONESTOP_CLUSTER" --silo-port 11111 --gateway-port 30000 --advertise "$(hostname -i | cut -d' ' -f1)"
fi
exec dotnet "$program" "$command" "$@"
