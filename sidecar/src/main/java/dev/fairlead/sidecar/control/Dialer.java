package dev.fairlead.sidecar.control;

import java.net.InetAddress;
import java.util.List;

/** Opens configuration streams. On the loop. */
@FunctionalInterface
interface Dialer {
    /**
     * Begins {@code GET /v1/config} at an address. What happens next is told to the events, on the loop and never inside this
     * call.
     *
     * @param token sent as it is
     * @param authorities PEM texts; one of them must have signed for the name of the Service
     */
    Stream dial(InetAddress address, String token, List<String> authorities, Events events);

    /** One stream. After {@link #ended} or {@link #refused} nothing more comes. */
    interface Events {
        /** The operator has let us in. */
        void opened();

        /** Bytes of the stream. */
        void received(byte[] chunk);

        /** An answer other than 200. */
        void refused(Refusal refusal);

        /** No connection, or it is gone. */
        void ended(String reason);

        /** What became of an acknowledgement that was not simply taken: the status, or 0 when it found no way. */
        void ackFailed(int status, String reason);
    }

    /**
     * Why the operator does not let us in.
     *
     * @param status HTTP
     * @param retryAfterMs -1 when it does not say
     * @param message its sentence, or its status in words
     */
    record Refusal(int status, long retryAfterMs, String message) {}

    /** What became of a report. */
    @FunctionalInterface
    interface Answer {
        /**
         * Called on the loop, once.
         *
         * @param status HTTP, 0 when the report found no way
         * @param body whole, empty for none
         */
        void came(int status, byte[] body);
    }

    /** Our end of a stream. */
    interface Stream {
        /** Sends an acknowledgement to the operator pod that the stream comes from. */
        void ack(Ack ack, String token, List<String> authorities);

        /** Posts a report to the operator pod that the stream comes from. */
        void report(byte[] report, String token, List<String> authorities, Answer answer);

        /** Drops everything; no events come afterwards. */
        void close();
    }
}
