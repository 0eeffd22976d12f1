package dev.fairlead.operator.simulate.openai;

import java.io.Serial;

/** A parameter that OpenAI would refuse; carries the refusal. Has no stack trace: callers send these all the time. */
final class BadParameter extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient OpenAiError error;

    BadParameter(OpenAiError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    BadParameter(String message, String param, String code) {
        this(OpenAiError.invalidRequest(400, message, param, code));
    }

    OpenAiError error() {
        return error;
    }
}
