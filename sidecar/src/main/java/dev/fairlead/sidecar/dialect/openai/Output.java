package dev.fairlead.sidecar.dialect.openai;

/** Takes the bytes that go on to the client. */
@FunctionalInterface
public interface Output {
    /**
     * The next bytes. They are either a part of the array that is being fed, or of a buffer that is used again: valid during
     * the call only.
     */
    void forward(byte[] bytes, int off, int len);
}
