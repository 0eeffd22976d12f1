package dev.fairlead.operator.simulate.dialect;

import java.util.ArrayList;
import java.util.List;

/** A whole response; the body is sent as UTF-8. */
public record Reply(int status, String contentType, String body, List<Header> headers) {

    public Reply {
        headers = List.copyOf(headers);
    }

    /** One more response header. */
    public record Header(String name, String value) {}

    /** The same with one more header. */
    public Reply with(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new Reply(status, contentType, body, more);
    }
}
