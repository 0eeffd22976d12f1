package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.provider.CallerWords;
import dev.fairlead.sidecar.provider.ErrorClassifier;
import dev.fairlead.sidecar.provider.HeaderLookup;
import dev.fairlead.sidecar.provider.ProviderProfile;
import dev.fairlead.sidecar.provider.Verdict;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** A provider's error while it arrives; what exceeds {@value #MAX_BYTES} bytes is left out. */
final class ErrorBody {
    private static final int MAX_BYTES = 256 * 1024;

    private final int status;
    private final HeaderLookup headers;
    private final ProviderProfile provider;
    private final CallerWords caller;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);

    ErrorBody(int status, HeaderLookup headers, ProviderProfile provider, CallerWords caller) {
        this.status = status;
        this.headers = headers;
        this.provider = provider;
        this.caller = caller;
    }

    void add(ByteBuf piece) {
        int fits = Math.min(piece.readableBytes(), MAX_BYTES - bytes.size());
        if (fits > 0) {
            var part = new byte[fits];
            piece.getBytes(piece.readerIndex(), part);
            bytes.write(part, 0, fits);
        }
    }

    Verdict verdict(long nowEpochMs) {
        var body = bytes.toByteArray();
        var looked = body.length <= ErrorClassifier.MAX_BODY_BYTES
                ? body
                : Arrays.copyOf(body, ErrorClassifier.MAX_BODY_BYTES);
        return provider.classifier().classify(status, headers, looked, caller, nowEpochMs);
    }

    ProviderAnswer answer() {
        return new ProviderAnswer(
                status, headers.get("content-type"), provider.requestId(headers), bytes.toByteArray());
    }
}
