package dev.fairlead.sidecar.provider;

import java.util.List;
import java.util.Set;

/**
 * What a failed response says, freed from its envelope.
 *
 * @param status the HTTP status; for an error inside a success (in a stream) the status that the body names
 * @param kind what the body looks like
 * @param codes every code, type, status and reason, lower case
 * @param text every message, lower case, apostrophes straightened, bounded
 * @param waits values of fields that hold a wait or a reset, as written
 * @param blamesParameter whether it points at a field of the request, other than the model's name
 */
record ErrorFacts(
        int status, BodyKind kind, Set<String> codes, String text, List<String> waits, boolean blamesParameter) {}
