package dev.fairlead.operator.cluster;

import dev.fairlead.operator.world.Reason;

/**
 * A Secret or a ConfigMap that somebody names, or the Secrets that somebody selects.
 *
 * @param name of the object; for a {@link Kind#SELECTION} the selector as a request has it
 */
record DataRef(Kind kind, String namespace, String name) {
    /** What it is, and the words for what may be wrong with it. */
    enum Kind {
        SECRET("Secret", Reason.SECRET_NOT_FOUND, Reason.SECRET_KEY_NOT_FOUND, Reason.SECRET_INVALID),
        CONFIG_MAP("ConfigMap", Reason.CONFIG_MAP_NOT_FOUND, Reason.CONFIG_MAP_KEY_NOT_FOUND, Reason.CA_BUNDLE_INVALID),
        SELECTION("Secrets", Reason.SECRET_NOT_FOUND, Reason.SECRET_KEY_NOT_FOUND, Reason.SECRET_INVALID);

        final String noun;
        final Reason noObject;
        final Reason noKey;
        final Reason invalid;

        Kind(String noun, Reason noObject, Reason noKey, Reason invalid) {
            this.noun = noun;
            this.noObject = noObject;
            this.noKey = noKey;
            this.invalid = invalid;
        }
    }

    /** As messages say it: {@code Secret 'team-a/openai-keys'}. */
    @Override
    public String toString() {
        if (kind == Kind.SELECTION) {
            return "what '" + name + "' selects in namespace '" + namespace + "'";
        }
        return kind.noun + " '" + namespace + "/" + name + "'";
    }
}
