package dev.fairlead.operator.simulate.account;

/** Why an account turned a call away; the names are those of {@code /stats}. */
public enum RejectionCause {
    rpm,
    tpm,
    rpd,
    concurrency,
    quota;

    static RejectionCause of(Dimension dimension) {
        return switch (dimension) {
            case REQUESTS_PER_MINUTE -> rpm;
            case REQUESTS_PER_DAY -> rpd;
            case TOKENS_PER_MINUTE -> tpm;
        };
    }
}
