package dev.fairlead.operator.simulate.openai;

import dev.fairlead.operator.simulate.dialect.Answer;
import dev.fairlead.operator.simulate.dialect.Frame;
import dev.fairlead.operator.simulate.dialect.Reply;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;

/** Vectors of length 1 that depend only on the input; both encodings of one input are the same numbers. */
final class EmbeddingAnswer implements Answer {

    private static final int SCALE = 100_000_000;

    private final String model;
    private final EmbeddingRequest request;

    EmbeddingAnswer(String model, EmbeddingRequest request) {
        this.model = model;
        this.request = request;
    }

    @Override
    public long outputTokens() {
        return 0;
    }

    @Override
    public int naturalChunks() {
        return 1;
    }

    @Override
    public Iterator<Frame> stream(int chunks) {
        throw new IllegalStateException("embeddings are never streamed");
    }

    @Override
    public Iterator<Frame> endless() {
        throw new IllegalStateException("embeddings are never streamed");
    }

    @Override
    public Reply whole() {
        long expected = 256L + (long) request.inputs().size() * request.dimensions() * (request.base64() ? 6 : 12);
        StringBuilder json = new StringBuilder((int) Math.min(expected, 1 << 24));
        json.append("{\"object\":\"list\",\"data\":[");
        int index = 0;
        for (EmbeddingRequest.Input input : request.inputs()) {
            json.append(index == 0 ? "" : ",").append("{\"object\":\"embedding\",\"index\":");
            json.append(index++).append(",\"embedding\":");
            long[] vector = vector(input.seed(), request.dimensions());
            if (request.base64()) {
                json.append('"').append(base64(vector)).append('"');
            } else {
                numbers(json, vector);
            }
            json.append('}');
        }
        JsonText.quoted(json.append("],\"model\":"), model);
        json.append(",\"usage\":{\"prompt_tokens\":").append(request.tokens());
        json.append(",\"total_tokens\":").append(request.tokens()).append("}}");
        return new Reply(200, "application/json", json.toString(), List.of());
    }

    /** Components in units of 1e-8, so that printing them needs no floating point. */
    private static long[] vector(int seed, int dimensions) {
        double[] raw = new double[dimensions];
        double squares = 0;
        long state = seed;
        for (int i = 0; i < dimensions; i++) {
            state = state * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
            raw[i] = (int) (state >>> 32);
            squares += raw[i] * raw[i];
        }
        double factor = SCALE / Math.sqrt(squares);
        long[] vector = new long[dimensions];
        for (int i = 0; i < dimensions; i++) {
            vector[i] = Math.round(raw[i] * factor);
        }
        return vector;
    }

    private static String base64(long[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long component : vector) {
            bytes.putFloat((float) (component / (double) SCALE));
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    private static void numbers(StringBuilder json, long[] vector) {
        json.append('[');
        for (int i = 0; i < vector.length; i++) {
            long size = Math.abs(vector[i]);
            json.append(i == 0 ? "" : ",").append(vector[i] < 0 ? "-" : "").append(size / SCALE);
            json.append('.').append(SCALE + size % SCALE);
            json.deleteCharAt(json.length() - 9);
        }
        json.append(']');
    }
}
