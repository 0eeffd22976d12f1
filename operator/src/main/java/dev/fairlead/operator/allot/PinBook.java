package dev.fairlead.operator.allot;

import dev.fairlead.sidecar.fleet.Pin;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Which account knows which resource: the latest of one pool. Who asks for an older one must try. */
final class PinBook {
    private static final int MOST = 10_000;
    private static final int MOST_TOLD = 1_000;
    private static final int LONGEST_ID = 64;

    private final Deque<Known> pins = new ArrayDeque<>();

    private record Known(Pin pin, String from, long number) {}

    void tell(Pin pin, String from, SharedPool pool, long number) {
        if (pin.resource() == null
                || pin.resource().length() > LONGEST_ID
                || !pool.accounts().containsKey(pin.group())) {
            return;
        }
        if (pins.size() >= MOST) {
            pins.removeFirst();
        }
        pins.addLast(new Known(pin, from, number));
    }

    /** What others have told since: the latest, if that is much. */
    List<Pin> since(long number, String to) {
        var news = new ArrayList<Pin>();
        for (var each = pins.descendingIterator(); each.hasNext() && news.size() < MOST_TOLD; ) {
            var known = each.next();
            if (known.number <= number) {
                break;
            }
            if (!known.from.equals(to)) {
                news.add(known.pin);
            }
        }
        return news;
    }
}
