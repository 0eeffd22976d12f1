package dev.fairlead.operator.simulate.dialect;

import dev.fairlead.operator.simulate.account.Account;
import dev.fairlead.operator.simulate.account.Headroom;
import java.util.List;
import java.util.function.UnaryOperator;

/** A provider's wire format. */
public interface Dialect {

    /** Which of the common endpoints a path is; {@link Endpoint#OTHER} for none. */
    Endpoint endpointOf(String path);

    /**
     * The credential that came with a call, or null.
     *
     * @param header finds a request header by name; null when absent
     */
    String credential(UnaryOperator<String> header);

    /** Reads a call. */
    Demand read(Inbound call, byte[] body);

    /** A refusal in this provider's words. */
    Reply refusal(Refusal refusal);

    /** The headers that tell what an account has left. */
    List<Reply.Header> limitHeaders(Headroom headroom);

    /**
     * Headers that every answer of the API carries.
     *
     * @param account null when the credential was not good
     * @param processingMillis since the call arrived whole
     */
    List<Reply.Header> commonHeaders(Account account, long processingMillis);

    /** Content type of a stream. */
    String streamType();

    /** An error as an event inside a stream that began well. */
    String streamError(String bodyOrNull);
}
