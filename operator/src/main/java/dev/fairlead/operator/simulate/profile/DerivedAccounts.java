package dev.fairlead.operator.simulate.profile;

/**
 * Accounts that come into being when an unknown {@code sk-...} key is first used. Keys of the form
 * {@code sk-NAME-NUMBER} (lower case, at most four digits) belong to the account {@code NAME}; any other key has an
 * account named after its fingerprint.
 *
 * @param limits of each such account; null means none
 */
public record DerivedAccounts(LimitsProfile limits) {

    public DerivedAccounts {
        limits = limits == null ? LimitsProfile.NONE : limits;
    }
}
