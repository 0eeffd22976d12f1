package dev.fairlead.sidecar.fleet;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * How one limit of one account stands in one process.
 *
 * @param meter names the limit within its pool: the account, the class of models and what is counted; the same in every process
 * @param limit as configured, for the whole fleet
 * @param share what this process holds of it, 0 when it was given nothing yet
 * @param used in the present window by this process, reservations of running calls included; of a concurrency limit, calls on
 *     their way
 * @param wanted what those who wait would use at once if they could, beyond {@code used}
 * @param since marks when the process began to count, in its own steady milliseconds: another mark than before means that it has
 *     forgotten what it had used, since it was without this limit for a while
 * @param call the largest of the calls that lately found no room, in what is counted; 0 for unsaid: a share that is smaller than that
 *     is of no use
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record MeterReading(String meter, long limit, long share, long used, long wanted, long since, long call) {
    /** Of one that has never been without the limit, and lacks single calls or nothing. */
    public MeterReading(String meter, long limit, long share, long used, long wanted) {
        this(meter, limit, share, used, wanted, 0, 0);
    }

    /** What it takes to begin one call more, 0 when none waits: where a process does not say, calls are counted. */
    public long oneCall() {
        return Math.min(wanted, Math.max(1, call));
    }
}
