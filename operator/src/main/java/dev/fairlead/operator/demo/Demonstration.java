package dev.fairlead.operator.demo;

import java.io.PrintWriter;

/** Sends the burst, compares both sides' books, and says whether the promise was kept. */
final class Demonstration {
    private final PrintWriter out;

    Demonstration(PrintWriter out) {
        this.out = out;
    }

    /** Prints the table; whether every call was answered although the provider turned some away. */
    boolean report(Burst.Outcome burst, ProviderBooks books, double seconds) {
        out.println();
        books.accounts()
                .forEach((name, account) -> out.printf(
                        "  %-12s let in %3d of ours, %3d of another consumer; turned away %3d of ours%n",
                        name, account.admitted(), account.others(), account.rejected()));
        out.println();
        row("calls sent", burst.sent() + " at once");
        row("calls answered", String.valueOf(burst.answered()));
        row("429s the provider gave", String.valueOf(books.rejected()));
        row("429s the client saw", String.valueOf(burst.limited()));
        row("other failures", String.valueOf(burst.other()));
        row("median time", seconds(burst.medianMs()));
        row("longest time", seconds(burst.longestMs()));
        row("whole burst", String.format("%.1f s", seconds));
        out.println();
        boolean kept = burst.answered() == burst.sent()
                && burst.limited() == 0
                && books.rejected() > 0
                && books.admitted() == burst.answered();
        out.println(
                kept
                        ? "Every call was answered; nobody saw \"keys temporarily exhausted\"."
                        : "The demonstration failed: expected every call answered, provider 429s above 0, client 429s 0,"
                                + " and " + burst.answered() + " calls in the provider's books (it has "
                                + books.admitted() + ").");
        out.flush();
        return kept;
    }

    private void row(String what, String value) {
        out.printf("  %-24s %s%n", what, value);
    }

    private static String seconds(long ms) {
        return String.format("%.2f s", ms / 1000.0);
    }
}
