package dev.fairlead.operator.simulate.fault;

/** What can go wrong; the names are those of {@code POST /faults}. */
public enum FaultKind {
    /** An error of any status. */
    status(Stage.AFTER_ADMISSION, true, true),
    /** 429 as if the requests a minute were used up. */
    rateLimit(Stage.BEFORE_ADMISSION, true, true),
    /** 503, too busy. */
    overloaded(Stage.BEFORE_ADMISSION, true, true),
    /** 500. */
    serverError(Stage.AFTER_ADMISSION, true, true),
    /** 401, as if the key had been revoked. */
    badKey(Stage.BEFORE_ADMISSION, true, true),
    /** 429, as if the balance were empty. */
    quota(Stage.BEFORE_ADMISSION, true, true),
    /** The connection is closed before any byte. */
    refuse(Stage.BEFORE_ADMISSION, true, true),
    /** The connection is reset in the middle of the response head, or of a stream after some chunks. */
    reset(Stage.AFTER_ADMISSION, true, true),
    /** A stream is closed after some chunks, without its end. */
    cutStream(Stage.AFTER_ADMISSION, true, false),
    /** An error event inside a stream with status 200, then a proper end of the response. */
    errorInStream(Stage.AFTER_ADMISSION, true, false),
    /** The response head, perhaps some chunks, then nothing. */
    stall(Stage.AFTER_ADMISSION, true, true),
    /** Nothing at all, while the connection stays open. */
    stallBeforeHeaders(Stage.AFTER_ADMISSION, true, true),
    /** A stream that goes on until the caller leaves. */
    neverEnding(Stage.AFTER_ADMISSION, true, false),
    /** Bytes that are not HTTP; or, with a status, a body that is not JSON. */
    garbage(Stage.AFTER_ADMISSION, true, true),
    /** The right answer, late. */
    slow(Stage.AFTER_ADMISSION, true, true),
    /** Half of a whole answer, then the connection is closed. */
    truncatedBody(Stage.AFTER_ADMISSION, false, true),
    /** 502 with a page of the edge network. */
    htmlBadGateway(Stage.BEFORE_ADMISSION, true, true);

    /** Whether the account is charged. */
    enum Stage {
        BEFORE_ADMISSION,
        AFTER_ADMISSION
    }

    private final Stage stage;
    private final boolean strikesStreams;
    private final boolean strikesWhole;

    FaultKind(Stage stage, boolean strikesStreams, boolean strikesWhole) {
        this.stage = stage;
        this.strikesStreams = strikesStreams;
        this.strikesWhole = strikesWhole;
    }

    /** Whether the fault comes before the account is asked, so that nothing is charged. */
    public boolean isBeforeAdmission() {
        return stage == Stage.BEFORE_ADMISSION;
    }

    boolean strikes(boolean stream) {
        return stream ? strikesStreams : strikesWhole;
    }
}
