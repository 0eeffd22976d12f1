#!/bin/bash
# The rival that does the same work: nginx + LuaJIT parses the request, reads the model, counts limits in a shared
# dictionary, puts a pool key in place of the caller's credential, reads usage from the answer, writes a JSON line.
set -euo pipefail
export PATH=$PATH:/usr/sbin
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
modules=/usr/lib/nginx/modules
case ${1:-} in
    about)
        echo 'title=nginx + Lua, same work'
        echo 'credential=swapped'
        echo 'records=calls.jsonl'
        ;;
    packages)
        command -v nginx >/dev/null || echo nginx-light
        [ -e $modules/ngx_http_lua_module.so ] || echo libnginx-mod-http-lua
        compgen -G '/usr/lib/*/lua/5.1/cjson.so' >/dev/null || echo lua-cjson
        ;;
    version) nginx -v 2>&1 | sed 's|^.*nginx/|nginx |; s|$| + LuaJIT|' ;;
    serve)
        mkdir -p "$DIR"/{body,proxy,fastcgi,uwsgi,scgi}
        cat >"$DIR/nginx.conf" <<CONF
$([ "$(id -u)" != 0 ] || echo 'user root;')
daemon off;
worker_processes 1;
pid $DIR/nginx.pid;
error_log $DIR/error.log warn;
worker_rlimit_nofile 20000;
load_module $modules/ndk_http_module.so;
load_module $modules/ngx_http_lua_module.so;
env RECORDS=$DIR/calls.jsonl;
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
    client_body_buffer_size 64k;
    lua_package_path '$here/nginx-lua.d/?.lua;;';
    # By default it trims the C heap every 1,000 requests, at half a system call a request.
    lua_malloc_trim 0;
    lua_shared_dict state 10m;
    init_by_lua_block { gateway = require 'gateway' }
    upstream provider {
        server 127.0.0.1:$UPSTREAM;
        keepalive 512;
        keepalive_requests 1000000000;
        keepalive_timeout 3600s;
    }
    server {
        listen 127.0.0.1:$PORT backlog=4096;
        location / {
            access_by_lua_block { gateway.admit() }
            header_filter_by_lua_block { gateway.head() }
            body_filter_by_lua_block { gateway.relay() }
            log_by_lua_block { gateway.settle() }
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
