package dev.fairlead.operator.trust;

/**
 * What is to be done next.
 *
 * @param because a sentence's end for the log
 */
record Step(Kind kind, String because) {
    enum Kind {
        NOTHING,
        /** A new CA and a leaf of it, whatever there was. */
        ISSUE_ANEW,
        /** A new CA that is only trusted as yet. */
        ADD_NEXT_CA,
        /** Note that the next CA has been published: from now on its time of grace runs. */
        MARK_PUBLISHED,
        /** The next CA signs from now on, the one before is only trusted. */
        PROMOTE_NEXT_CA,
        /** A new leaf of the CA that signs. */
        RENEW_LEAF,
        /** The CA that does not sign is trusted no longer. */
        DROP_OTHER_CA
    }

    static final Step NOTHING = new Step(Kind.NOTHING, "nothing is due");
}
