package dev.fairlead.sidecar.control;

/** The other side does not speak the protocol; the message holds nothing of what it sent. */
final class MalformedFrameException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedFrameException(String message) {
        super(message);
    }
}
