package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.dialect.openai.PromptHash;
import dev.fairlead.sidecar.dialect.openai.RequestFacts;

/** Which calls belong together, so that they stay at one account and meet its prompt cache. */
final class Affinity {
    private Affinity() {}

    /**
     * What the client says in {@code x-fairlead-session} wins, then its name for the conversation in the request; where it says
     * nothing and the mode is {@code Prefix}, it is how the prompt begins.
     *
     * @param mode {@code KeyPool.spec.selection.affinity}
     * @return 0 for a call that belongs to none
     */
    static long of(String mode, ClientHead head, RequestFacts request) {
        if (mode.equals("None")) {
            return 0;
        }
        var session = head.header(HeaderNames.SESSION);
        if (session != null && !session.isEmpty()) {
            return PromptHash.of(session);
        }
        return request.session() != 0 || mode.equals("Session") ? request.session() : request.prefix();
    }
}
