package dev.fairlead.operator.serve;

/** What has become of a token. */
public sealed interface Authentication {
    /**
     * The API server vouches for it. That says nothing of whether the pod still exists.
     *
     * @param podName which pod the token is bound to, empty for none
     * @param podUid the same, empty for none
     */
    record Authenticated(String namespace, String serviceAccount, String podName, String podUid)
            implements Authentication {}

    /**
     * It is no good: another will be needed.
     *
     * @param code for machines
     * @param message for people; says nothing of the token's content
     */
    record Refused(String code, String message) implements Authentication {}

    /**
     * Nobody can say now.
     *
     * @param message why
     */
    record Unavailable(String message) implements Authentication {}
}
