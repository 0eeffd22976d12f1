package dev.fairlead.operator.serve;

/** What becomes of a report. */
public sealed interface FleetReply {
    /** Nobody can answer now: what the sidecar was given last holds. */
    FleetReply NOBODY = new Nobody();

    /**
     * It is answered.
     *
     * @param body a {@link dev.fairlead.sidecar.fleet.FleetAnswer} as it is to be sent
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Answered(byte[] body) implements FleetReply {}

    /**
     * It is no report, and would be none another time.
     *
     * @param why for people: what was expected, and where
     */
    record Malformed(String why) implements FleetReply {}

    /** As {@link #NOBODY}. */
    record Nobody() implements FleetReply {}
}
