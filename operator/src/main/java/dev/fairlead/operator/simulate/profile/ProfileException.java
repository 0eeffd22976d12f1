package dev.fairlead.operator.simulate.profile;

import java.io.Serial;

/** A profile that cannot be read or cannot be meant; the message says where and what, and is fit to be shown alone. */
public final class ProfileException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    ProfileException(String message, Throwable cause) {
        super(message, cause);
    }
}
