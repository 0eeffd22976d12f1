package dev.fairlead.operator.simulate.fault;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** The faults in force, oldest first; the first that matches a call strikes it. */
public final class FaultBook {

    private final ObjectMapper json = new ObjectMapper();
    private final List<Entry> entries = new ArrayList<>();
    private final SplittableRandom random;
    private int lastId;

    public FaultBook(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Puts faults in force behind those that are. */
    public void add(List<Fault> faults) {
        faults.forEach(fault -> entries.add(new Entry(++lastId, fault)));
    }

    /** Ends all faults. */
    public void clear() {
        entries.clear();
    }

    /** The fault that strikes this call, if any; counts it. */
    public Optional<Fault> strike(Target target) {
        Entry struck = null;
        for (Entry entry : entries) {
            if (entry.matches(target) && hits(entry.fault)) {
                struck = entry;
                break;
            }
        }
        if (struck == null) {
            return Optional.empty();
        }
        struck.struck++;
        entries.removeIf(Entry::isOver);
        return Optional.of(struck.fault);
    }

    /** The faults in force, each with its id and how often it struck. */
    public ArrayNode toJson() {
        ArrayNode list = json.createArrayNode();
        for (Entry entry : entries) {
            ObjectNode node = json.valueToTree(entry.fault);
            list.add(node.put("id", entry.id).put("struck", entry.struck));
        }
        return list;
    }

    private boolean hits(Fault fault) {
        return fault.probability() == null || random.nextDouble() < fault.probability();
    }

    private static final class Entry {
        private final int id;
        private final Fault fault;
        private long struck;

        Entry(int id, Fault fault) {
            this.id = id;
            this.fault = fault;
        }

        boolean isOver() {
            return fault.count() != null && struck >= fault.count();
        }

        boolean matches(Target target) {
            return fault.kind().strikes(target.stream())
                    && is(fault.endpoint(), target.endpoint().label())
                    && is(fault.account(), target.account())
                    && is(fault.key(), target.key())
                    && is(fault.model(), target.model())
                    && (fault.stream() == null || fault.stream() == target.stream());
        }

        private static boolean is(String wanted, String actual) {
            return wanted == null || wanted.equals(actual);
        }
    }
}
