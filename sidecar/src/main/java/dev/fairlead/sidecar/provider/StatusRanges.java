package dev.fairlead.sidecar.provider;

import java.util.ArrayList;
import java.util.List;

/** A set of HTTP statuses; an empty one stands for all. */
record StatusRanges(List<Range> ranges) {

    private record Range(int from, int to) {}

    StatusRanges {
        ranges = List.copyOf(ranges);
    }

    /** From {@code 429} and {@code 500-599}. */
    static StatusRanges of(List<String> written) {
        List<Range> ranges = new ArrayList<>(written.size());
        for (String one : written) {
            int dash = one.indexOf('-');
            try {
                int from = Integer.parseInt(dash < 0 ? one : one.substring(0, dash));
                int to = dash < 0 ? from : Integer.parseInt(one.substring(dash + 1));
                ranges.add(new Range(from, to));
            } catch (NumberFormatException notAStatus) {
                throw new IllegalArgumentException(
                        "status '" + one + "' must be a number or a range such as 500-599", notAStatus);
            }
        }
        return new StatusRanges(ranges);
    }

    boolean contains(int status) {
        if (ranges.isEmpty()) {
            return true;
        }
        for (Range range : ranges) {
            if (status >= range.from && status <= range.to) {
                return true;
            }
        }
        return false;
    }
}
