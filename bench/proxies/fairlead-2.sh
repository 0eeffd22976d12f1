#!/bin/bash
# The sidecar with two event loops on the same one core: what the messages between loops cost.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if [ "${1:-}" = about ]; then echo 'quick=no'; fi
EVENT_LOOPS=2 exec "$here/fairlead.sh" "$@"
