package dev.fairlead.operator.simulate.openai;

import dev.fairlead.operator.simulate.account.Admission;
import dev.fairlead.operator.simulate.account.Dimension;
import dev.fairlead.operator.simulate.dialect.Refusal;
import dev.fairlead.operator.simulate.dialect.Reply;

/** OpenAI's words for refusals that do not depend on what a call says. Texts are those of recorded answers. */
final class RefusalBodies {

    private static final String HELP = "You can retry your request, or contact us through our help center at"
            + " help.openai.com if the error persists.";
    private static final String MORE = " Visit https://platform.openai.com/account/rate-limits to learn more.";

    Reply of(Refusal refusal) {
        if (refusal instanceof Refusal.NotAdmitted refused) {
            return notAdmitted(refused);
        }
        return error(refusal).edge();
    }

    private OpenAiError error(Refusal refusal) {
        if (refusal instanceof Refusal.NoKey) {
            return OpenAiError.invalidRequest(
                    401,
                    "You didn't provide an API key. You need to provide your API key in an Authorization header using"
                            + " Bearer auth (i.e. Authorization: Bearer YOUR_KEY), or as the password field (with blank"
                            + " username) if you're accessing the API from your browser and are prompted for a username"
                            + " and password. You can obtain an API key from"
                            + " https://platform.openai.com/account/api-keys.",
                    null,
                    null);
        }
        if (refusal instanceof Refusal.WrongKey wrong) {
            return OpenAiError.invalidRequest(
                    401,
                    "Incorrect API key provided: " + masked(wrong.key())
                            + ". You can find your API key at https://platform.openai.com/account/api-keys.",
                    null,
                    "invalid_api_key");
        }
        if (refusal instanceof Refusal.BodyTooLarge large) {
            return new OpenAiError(
                    413,
                    "Maximum content size limit (%d) exceeded (%d bytes read)".formatted(large.limit(), large.read()),
                    "server_error",
                    null,
                    null);
        }
        if (refusal instanceof Refusal.Overloaded) {
            return serverError(
                    503, "The server is currently overloaded with other requests. Sorry about that! " + HELP);
        }
        if (refusal instanceof Refusal.ServerError) {
            return serverError(
                    500, "The server experienced an error while processing your request. Sorry about that! " + HELP);
        }
        int status = ((Refusal.Status) refusal).status();
        return status >= 500
                ? serverError(status, "The server had an error while processing your request. Sorry about that!")
                : OpenAiError.invalidRequest(
                        status, "Your request was refused with status " + status + ".", null, null);
    }

    private static OpenAiError serverError(int status, String message) {
        return new OpenAiError(status, message, "server_error", null, null);
    }

    private static Reply notAdmitted(Refusal.NotAdmitted refused) {
        String to = (refused.model() == null ? "the API" : refused.model()) + " in organization "
                + refused.organization() + " on ";
        Admission.Refused why = refused.why();
        if (why instanceof Admission.RateLimited limited) {
            long waitMillis = ceilDiv(limited.waitMicros(), 1000);
            String message = "Rate limit reached for " + to + unit(limited.dimension()) + ": Limit " + limited.limit()
                    + ", Used " + limited.used() + ", Requested " + limited.requested() + ". Please try again in "
                    + GoDuration.of(waitMillis) + "." + MORE;
            return rateLimit(message, type(limited.dimension()))
                    .edge()
                    .with("retry-after", Long.toString(ceilDiv(waitMillis, 1000)))
                    .with("retry-after-ms", Long.toString(waitMillis));
        }
        if (why instanceof Admission.NeverFits large) {
            String message = "Request too large for " + to + unit(large.dimension()) + ": Limit " + large.limit()
                    + ", Requested " + large.requested()
                    + ". The input or output tokens must be reduced in order to run successfully." + MORE;
            return rateLimit(message, type(large.dimension())).edge();
        }
        if (why instanceof Admission.TooManyAtOnce busy) {
            // OpenAI publishes no such limit; the sentence follows its others.
            String message = "Rate limit reached for " + to + "concurrent requests: Limit " + busy.limit() + ", Used "
                    + busy.limit() + ", Requested 1. Please try again once a request has finished.";
            return rateLimit(message, "requests").edge();
        }
        return new OpenAiError(
                        429,
                        "You exceeded your current quota, please check your plan and billing details. For more"
                                + " information on this error, read the docs:"
                                + " https://platform.openai.com/docs/guides/error-codes/api-errors.",
                        "insufficient_quota",
                        null,
                        "insufficient_quota")
                .edge();
    }

    private static OpenAiError rateLimit(String message, String type) {
        return new OpenAiError(429, message, type, null, "rate_limit_exceeded");
    }

    private static String unit(Dimension dimension) {
        return switch (dimension) {
            case REQUESTS_PER_MINUTE -> "requests per min (RPM)";
            case REQUESTS_PER_DAY -> "requests per day (RPD)";
            case TOKENS_PER_MINUTE -> "tokens per min (TPM)";
        };
    }

    private static String type(Dimension dimension) {
        return dimension == Dimension.TOKENS_PER_MINUTE ? "tokens" : "requests";
    }

    /** As the original shows it: eight characters, stars, four characters; a short one whole. */
    static String masked(String key) {
        int hidden = key.length() - 12;
        return hidden <= 0 ? key : key.substring(0, 8) + "*".repeat(hidden) + key.substring(key.length() - 4);
    }

    private static long ceilDiv(long value, long by) {
        return (value + by - 1) / by;
    }
}
