package dev.fairlead.operator.simulate.http;

import dev.fairlead.operator.simulate.dialect.Reply;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/** Pages that do not come from the API but from the network in front of it. */
record EdgePage(int status, String title, String sentence) {

    static EdgePage badGateway() {
        return new EdgePage(502, "Bad gateway", "The web server reported a bad gateway error.");
    }

    static EdgePage badRequest() {
        return new EdgePage(400, "Bad request", "The request could not be understood.");
    }

    /** The page for a request that is not HTTP, or too long a head. */
    static EdgePage unreadable(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return new EdgePage(414, "URI too long", "The request line is longer than this server reads.");
        }
        return cause instanceof TooLongHttpHeaderException
                ? new EdgePage(431, "Header fields too large", "The request head is longer than this server reads.")
                : badRequest();
    }

    Reply reply() {
        String html = "<!DOCTYPE html>\n<html lang=\"en-US\">\n<head>\n<title>api.openai.com | " + status + ": " + title
                + "</title>\n<meta charset=\"UTF-8\" />\n</head>\n<body>\n<h1>" + title + "</h1>\n<p>" + sentence
                + "</p>\n</body>\n</html>\n";
        return new Reply(status, "text/html; charset=UTF-8", html, List.of());
    }

    void sendAndClose(HttpServerRequest request) {
        Reply reply = reply();
        request.response()
                .setStatusCode(status)
                .putHeader("content-type", reply.contentType())
                .putHeader("server", "cloudflare")
                .putHeader("connection", "close")
                .end(Buffer.buffer(reply.body()));
    }
}
