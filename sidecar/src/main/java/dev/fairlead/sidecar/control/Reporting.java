package dev.fairlead.sidecar.control;

/** Learns of the way to the operator that a stream opens. On the loop. */
interface Reporting {
    /** From now on reports may go that way. */
    void opened(Way way);

    /** A configuration has come into force: there may be pools that have no share yet. */
    void configured();

    /** That way is closed; no effect when another has been opened since. */
    void closed(Way way);

    /** Where reports go. */
    interface Way {
        /** The name of the config stream. */
        String stream();

        /** Posts a report; the answer comes on the loop, once, or never when the way is closed meanwhile. */
        void post(byte[] report, Dialer.Answer answer);
    }

    /** Reports nothing. */
    Reporting NONE = new Reporting() {
        @Override
        public void opened(Way way) {
            // Nobody wants to know.
        }

        @Override
        public void configured() {
            // Nobody wants to know.
        }

        @Override
        public void closed(Way way) {
            // Nobody wants to know.
        }
    };
}
