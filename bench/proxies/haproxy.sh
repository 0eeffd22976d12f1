#!/bin/bash
# The second floor: HAProxy in HTTP mode, one thread, upstream connections reused, no log.
set -euo pipefail
export PATH=$PATH:/usr/sbin
case ${1:-} in
    about)
        echo 'title=HAProxy'
        echo 'credential=passed'
        echo 'quick=no'
        ;;
    packages) command -v haproxy >/dev/null || echo haproxy ;;
    version) haproxy -v | sed -n '1s|^HAProxy version \([^ ]*\).*|HAProxy \1|p' ;;
    serve)
        cat >"$DIR/haproxy.cfg" <<CONF
global
    nbthread 1
    maxconn 9000
defaults
    mode http
    timeout connect 3s
    timeout client 120s
    timeout server 120s
    timeout http-keep-alive 3600s
    option http-no-delay
frontend calls
    bind 127.0.0.1:$PORT backlog 4096
    default_backend provider
backend provider
    http-reuse always
    server stand-in 127.0.0.1:$UPSTREAM
CONF
        exec haproxy -db -q -f "$DIR/haproxy.cfg"
        ;;
    *)
        echo "usage: $0 about|packages|version|serve" >&2
        exit 2
        ;;
esac
