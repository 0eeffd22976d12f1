package dev.fairlead.sidecar.pool;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A provider as simple as it can be, with its own books: per account and model it keeps the exact times of the calls it has
 * taken in the last minute. Shares nothing with what it tests.
 */
final class SimProvider {
    private final VirtualTime time;
    private final Random random;
    /** How often it fails for no reason that a limit gives: 500 at once, a cut in the middle. */
    double faults;

    private final Map<String, Books> books = new HashMap<>();
    int requestsPerMinute = Integer.MAX_VALUE;
    long tokensPerMinute = Long.MAX_VALUE;
    /** Calls that may begin at once, the others at the pace of the minute. */
    double burst = Double.MAX_VALUE;

    int concurrency = Integer.MAX_VALUE;
    /** Between our grant and its eyes, at most. */
    int wayMs = 20;

    /** Between a caller's cut and its notice of it, at most. */
    int closingMs;

    /** To the status line, at least. */
    int statusMs = 20;

    int answerMs = 300;
    /** How much longer the status line of an account takes. */
    final Map<String, Integer> slowerMs = new HashMap<>();
    /** Accounts all calls of which fail, and at once. */
    final Set<String> broken = new HashSet<>();
    /** Other users of the same accounts: a share of its limits that is used up by them. */
    double othersUse;

    long taken;
    long rejected;
    int mostAtOnce;
    int mostInAMinute;
    /** By how many refusals in a row, after the first row, an account was ever asked more than it had taken before them. */
    long secondStorm;

    /** One account's calls for one model. */
    private static final class Books {
        final ArrayDeque<long[]> minute = new ArrayDeque<>();
        long tokens;
        double bucket = Double.MAX_VALUE;
        long bucketAt;
        int running;
        long storms;
        long inStorm;
        long takenBefore;
        long takenSince;
    }

    /** What the provider says to one call. */
    interface Answer {
        /** Not taken; try again after so many milliseconds. */
        void limited(long retryAfterMs);

        /** Taken, and failed. */
        void failed();

        /** The status line. */
        void accepted();

        /** The end of the answer. */
        void ended();
    }

    SimProvider(VirtualTime time, Random random) {
        this.time = time;
        this.random = random;
    }

    /** A call begins on its way; {@code cut} may be run at any time to cut it. Returns what cuts it. */
    Runnable call(String account, String model, long tokens, Answer answer) {
        var call = new Object() {
            boolean cut;
            boolean running;
        };
        var book = books.computeIfAbsent(account + " " + model, name -> new Books());
        time.after(random.nextInt(wayMs + 1), () -> {
            if (call.cut) {
                return;
            }
            long retryAfter = retryAfter(book, tokens);
            if (retryAfter > 0) {
                rejected++;
                if (book.inStorm++ == 0) {
                    book.storms++;
                    book.takenBefore = book.takenSince;
                    book.takenSince = 0;
                }
                if (book.storms > 1) {
                    secondStorm = Math.max(secondStorm, book.inStorm - book.takenBefore);
                }
                time.after(5 + random.nextInt(15), () -> {
                    if (!call.cut) {
                        answer.limited(retryAfter);
                    }
                });
                return;
            }
            taken++;
            book.inStorm = 0;
            book.takenSince++;
            book.bucket--;
            book.minute.add(new long[] {time.now(), tokens});
            book.tokens += tokens;
            mostInAMinute = Math.max(mostInAMinute, book.minute.size());
            call.running = true;
            mostAtOnce = Math.max(mostAtOnce, ++book.running);
            long first = (long) statusMs + random.nextInt(2 * statusMs) + slowerMs.getOrDefault(account, 0);
            if (broken.contains(account) || random.nextDouble() < faults) {
                time.after(first, () -> {
                    if (!call.cut) {
                        call.running = false;
                        book.running--;
                        answer.failed();
                    }
                });
                return;
            }
            time.after(first, () -> {
                if (!call.cut) {
                    answer.accepted();
                }
            });
            time.after(first + answerMs / 2 + random.nextInt(answerMs + 1), () -> {
                if (!call.cut) {
                    call.running = false;
                    book.running--;
                    answer.ended();
                }
            });
        });
        return () -> {
            call.cut = true;
            if (call.running) {
                call.running = false;
                time.after(closingMs == 0 ? 0 : random.nextInt(closingMs + 1), () -> book.running--);
            }
        };
    }

    private long retryAfter(Books book, long tokens) {
        while (!book.minute.isEmpty() && book.minute.peek()[0] <= time.now() - 60_000) {
            book.tokens -= book.minute.poll()[1];
        }
        if (book.running >= concurrency) {
            return 1_000;
        }
        double perMs = requestsPerMinute / 60_000.0;
        book.bucket = Math.min(burst, book.bucket + (time.now() - book.bucketAt) * perMs);
        book.bucketAt = time.now();
        if (book.bucket < 1) {
            return Math.max(1, (long) Math.ceil((1 - book.bucket) / perMs));
        }
        boolean over = book.minute.size() + 1 > requestsPerMinute * (1 - othersUse)
                || book.tokens + tokens > tokensPerMinute * (1 - othersUse);
        return over
                ? Math.max(1_000, book.minute.isEmpty() ? 1_000 : book.minute.peek()[0] + 60_000 - time.now())
                : 0;
    }
}
