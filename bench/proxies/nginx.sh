#!/bin/bash
# The floor: nginx as a plain reverse proxy, kept-alive connections on both sides, no log, answers passed on as they come.
set -euo pipefail
export PATH=$PATH:/usr/sbin
case ${1:-} in
    about)
        echo 'title=nginx proxy_pass'
        echo 'credential=passed'
        ;;
    packages) command -v nginx >/dev/null || echo nginx-light ;;
    version) nginx -v 2>&1 | sed 's|^.*nginx/|nginx |' ;;
    serve)
        mkdir -p "$DIR"/{body,proxy,fastcgi,uwsgi,scgi}
        cat >"$DIR/nginx.conf" <<CONF
$([ "$(id -u)" != 0 ] || echo 'user root;')
daemon off;
worker_processes 1;
pid $DIR/nginx.pid;
error_log $DIR/error.log warn;
worker_rlimit_nofile 20000;
events { worker_connections 9000; }
http {
    access_log off;
    client_body_temp_path $DIR/body;
    proxy_temp_path $DIR/proxy;
    fastcgi_temp_path $DIR/fastcgi;
    uwsgi_temp_path $DIR/uwsgi;
    scgi_temp_path $DIR/scgi;
    keepalive_timeout 3600s;
    keepalive_requests 1000000000;
    upstream provider {
        server 127.0.0.1:$UPSTREAM;
        keepalive 512;
        keepalive_requests 1000000000;
        keepalive_timeout 3600s;
    }
    server {
        listen 127.0.0.1:$PORT backlog=4096;
        location / {
            proxy_pass http://provider;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_buffering off;
        }
    }
}
CONF
        exec nginx -p "$DIR" -e "$DIR/error.log" -c "$DIR/nginx.conf"
        ;;
    *)
        echo "usage: $0 about|packages|version|serve" >&2
        exit 2
        ;;
esac
