package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.provider.FailureClass;
import dev.fairlead.sidecar.provider.Scope;
import dev.fairlead.sidecar.provider.Tag;

/** What a failed attempt leads to. */
enum NextStep {
    /** The answer stands: trying again cannot help or is not allowed. */
    GIVE_UP,
    /** The pool knows what the failure means and offers what is still good. */
    OTHER_KEY,
    /** Not this account again for this call. */
    OTHER_GROUP,
    /** Elsewhere as long as there is an elsewhere: this address cannot be reached. */
    OTHER_ENDPOINT,
    /** Not this target again for this call. */
    OTHER_TARGET;

    static NextStep after(Failure failure, RetryBudget budget, long nowMs) {
        if (failure.answer() == null) {
            if (failure.maybeExecuted()) {
                return budget.afterExecution(nowMs, false) ? OTHER_GROUP : GIVE_UP;
            }
            return budget.afterRejection() ? OTHER_ENDPOINT : GIVE_UP;
        }
        if (failure.verdict().has(Tag.OVERSIZE)) {
            return budget.afterRejection() ? OTHER_TARGET : GIVE_UP;
        }
        if (failure.verdict().clazz() == FailureClass.UNKNOWN && failure.inStream()) {
            return budget.afterExecution(nowMs, true) ? OTHER_GROUP : GIVE_UP;
        }
        if (failure.verdict().scope() == Scope.NOTHING && failure.fallbackKind() != null) {
            return budget.afterRejection() ? OTHER_GROUP : GIVE_UP; // Nothing rests, so the pool would offer it again.
        }
        return switch (failure.verdict().clazz()) {
            case RATE_LIMIT, DAILY, QUOTA, CREDENTIAL, MODEL_ACCESS, MODEL_GONE, REGION, OVERLOADED ->
                budget.afterRejection() ? OTHER_KEY : GIVE_UP;
            case SERVER, TRANSPORT -> budget.afterExecution(nowMs, true) ? OTHER_GROUP : GIVE_UP;
            case CONTEXT_WINDOW, CONTENT_POLICY, CALLER_FAULT, UNKNOWN, CALLER_CANCEL -> GIVE_UP;
        };
    }
}
