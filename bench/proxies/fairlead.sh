#!/bin/bash
# The sidecar with everything on: route limits for requests and tokens, a pool of three keys, usage from the answer, a call
# record as a JSON line, metrics. EVENT_LOOPS (1), JAVA_OPTS (below) and JAVA_HOME change how it is started.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
launcher=$here/../../bin/fairlead
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
loops=${EVENT_LOOPS:-1}
release() { "$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.specification.version = //p'; }

case ${1:-} in
    about)
        echo "title=Fairlead, $loops event loop$([ "$loops" = 1 ] || echo s)"
        echo 'credential=swapped'
        echo 'path=/v1/chat/completions'
        echo 'records=calls.jsonl'
        echo 'jvm=yes'
        ;;
    packages) ;;
    check)
        if [ ! -x "$launcher" ]; then
            echo 'bin/fairlead is not there'
            exit 1
        fi
        "$launcher" --version >/dev/null || { echo 'bin/fairlead --version failed: is it built?'; exit 1; }
        ;;
    version) echo "$("$launcher" --version | head -n 1), JDK $("$java" -version 2>&1 | sed -n '1s/.*"\(.*\)".*/\1/p')" ;;
    serve)
        options='-XX:+UseSerialGC -Xmx128m'
        [ "$(release)" -lt 25 ] || options+=' -XX:+UseCompactObjectHeaders'
        export JAVA_OPTS=${JAVA_OPTS:-$options} MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-1}
        # The manifests name one port for the provider's stand-in; a run takes one that is free.
        mkdir -p "$DIR/manifests"
        for manifest in "$here"/../fairlead/*.yaml; do
            sed "s|127\.0\.0\.1:15099|127.0.0.1:$UPSTREAM|" "$manifest" >"$DIR/manifests/$(basename "$manifest")"
        done
        exec "$launcher" run "$DIR/manifests" --listen "127.0.0.1:$PORT" --admin "127.0.0.1:$ADMIN" \
            --records "$DIR/calls.jsonl" --event-loops "$loops"
        ;;
    *)
        echo "usage: $0 about|packages|check|version|serve" >&2
        exit 2
        ;;
esac
