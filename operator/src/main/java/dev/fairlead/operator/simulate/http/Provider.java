package dev.fairlead.operator.simulate.http;

import dev.fairlead.operator.simulate.account.Accounts;
import dev.fairlead.operator.simulate.books.Books;
import dev.fairlead.operator.simulate.fault.FaultBook;
import dev.fairlead.operator.simulate.profile.Profile;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Everything that a reset begins anew: accounts with full meters, empty books, no faults. A call that is running keeps
 * what it began with.
 */
public final class Provider {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

    private final Profile profile;
    private final LongSupplier clock;
    private long dateSecond = Long.MIN_VALUE;
    private String date;
    private Accounts accounts;
    private Books books;
    private FaultBook faults;

    /**
     * @param clock microseconds since 1970
     */
    public Provider(Profile profile, LongSupplier clock) {
        this.profile = profile;
        this.clock = clock;
        reset();
    }

    /** Begins anew. */
    public void reset() {
        long now = clock.getAsLong();
        accounts = new Accounts(profile, now);
        books = new Books(profile.logSize(), now);
        faults = new FaultBook(profile.seed());
    }

    long now() {
        return clock.getAsLong();
    }

    /** The time as response headers tell it. */
    String date() {
        long second = Math.floorDiv(now(), 1_000_000L);
        if (second != dateSecond) {
            dateSecond = second;
            date = DATE.format(Instant.ofEpochSecond(second).atZone(ZoneOffset.UTC));
        }
        return date;
    }

    Profile profile() {
        return profile;
    }

    Accounts accounts() {
        return accounts;
    }

    Books books() {
        return books;
    }

    FaultBook faults() {
        return faults;
    }
}
