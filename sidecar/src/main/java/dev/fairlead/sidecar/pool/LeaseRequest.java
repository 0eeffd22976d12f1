package dev.fairlead.sidecar.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * A call's wish for a key of one pool. Belongs to one exchange, may be asked again after each failed attempt, and remembers
 * which accounts have already failed this call. Used on the pool's home loop once handed over.
 */
public final class LeaseRequest {
    /** Tokens that a call costs beside its own. */
    private static final double PER_CALL = 100;

    private final LeaseListener listener;
    private final String model;
    private final long bytes;
    private final Demand demand;
    private String tenant = "";
    private int tenantWeight = 1;
    private Urgency urgency = Urgency.NORMAL;
    private long affinity;
    private String pinnedGroup;
    private long deadlineMs = Long.MAX_VALUE;
    private long waitedMs;
    private boolean mayWait;
    private long askedMs;
    private List<String> avoidedGroups;
    private int carriers;
    private String signature = "";
    private Waiter waiter;
    private long firstAskedMs = Times.PAST;
    private boolean hadTurn;

    /**
     * @param model the provider's name of the model
     * @param bytes of the call's body, which stay in memory while it waits
     * @param demand what it will probably use
     */
    public LeaseRequest(LeaseListener listener, String model, long bytes, Demand demand) {
        this.listener = listener;
        this.model = model;
        this.bytes = bytes;
        this.demand = demand;
    }

    /** On whose behalf: those who wait take turns by tenant, in tokens, in proportion to their weights. */
    public LeaseRequest onBehalfOf(String newTenant, int weight) {
        tenant = newTenant;
        tenantWeight = weight;
        return this;
    }

    /** How urgent it is; {@link Urgency#NORMAL} when nothing is said. */
    public LeaseRequest urgency(Urgency newUrgency) {
        urgency = newUrgency;
        return this;
    }

    /** Calls with the same number, not 0, stay at one account while it has room. */
    public LeaseRequest affinity(long hash) {
        affinity = hash;
        return this;
    }

    /** Only this account will do: it holds what the call refers to. {@code null} for any. */
    public LeaseRequest pin(String group) {
        pinnedGroup = group;
        signature = null;
        return this;
    }

    /** Asks for a key at once or not at all. */
    public LeaseRequest now() {
        mayWait = false;
        return this;
    }

    /**
     * As {@link #now()}.
     *
     * @param willWaitUntilMs how long the caller would wait if it were asked to: a refusal says when a repeat is admitted
     */
    public LeaseRequest now(long willWaitUntilMs) {
        deadlineMs = willWaitUntilMs;
        return now();
    }

    /** Asks for a key that may come as late as {@code deadlineMs}, monotonic milliseconds. */
    public LeaseRequest until(long newDeadlineMs) {
        mayWait = true;
        deadlineMs = newDeadlineMs;
        return this;
    }

    /** How long its call has stood in the pool's line before, milliseconds: of the pool's longest wait it has only the rest. */
    public LeaseRequest waited(long ms) {
        waitedMs = ms;
        return this;
    }

    /** Do not offer keys of this account again: it has just failed this call without being at a limit. */
    public void avoid(String group) {
        if (avoidedGroups == null) {
            avoidedGroups = new ArrayList<>(2);
        }
        if (!avoidedGroups.contains(group)) {
            avoidedGroups.add(group);
            signature = null;
        }
    }

    public String model() {
        return model;
    }

    Demand demand() {
        return demand;
    }

    String tenant() {
        return tenant;
    }

    int tenantWeight() {
        return tenantWeight;
    }

    Urgency urgency() {
        return urgency;
    }

    long affinity() {
        return affinity;
    }

    String pinnedGroup() {
        return pinnedGroup;
    }

    LeaseListener listener() {
        return listener;
    }

    long bytes() {
        return bytes;
    }

    long deadlineMs() {
        return deadlineMs;
    }

    long waitedMs() {
        return waitedMs;
    }

    boolean mayWait() {
        return mayWait;
    }

    boolean avoids(Account account) {
        return avoids(account.name());
    }

    private boolean avoids(String group) {
        return avoidedGroups != null && avoidedGroups.contains(group);
    }

    /** How many accounts are large enough for it, 0 for all: a call that few can carry does not hold up those behind it. */
    void carriers(int newCarriers) {
        if (newCarriers != carriers) {
            carriers = newCarriers;
            signature = null;
        }
    }

    /** Those with the same one may use the same accounts. */
    String signature() {
        if (signature == null) {
            signature = pinnedGroup == null ? anywhere() : "\t" + pinnedGroup + (avoids(pinnedGroup) ? "\n" : "");
        }
        return signature;
    }

    /** Its class in the waiting room, 0 goes first. */
    int level() {
        return urgency.level();
    }

    private String anywhere() {
        var avoided = avoidedGroups == null ? "" : String.join("\n", new TreeSet<>(avoidedGroups));
        return avoided + (carriers == 0 ? "" : "\n\n" + carriers);
    }

    /** What its turn is expected to cost; what an answer may be at most counts only so far. */
    double cost() {
        long output = demand.maxOutputTokens() == Demand.UNSAID ? 512 : Math.min(demand.maxOutputTokens(), 2_048);
        return PER_CALL + demand.inputTokens() + output;
    }

    /** What a turn has cost. */
    static double costOf(Spent spent, double expected) {
        if (spent instanceof Spent.Tokens tokens) {
            return PER_CALL + tokens.inputTokens() + tokens.outputTokens();
        }
        return spent instanceof Spent.Nothing ? 0 : expected;
    }

    /** Whether it has had a key before: turned away by the provider, it does not stand behind those who came after it. */
    boolean hadTurn() {
        return hadTurn;
    }

    void hasTurn() {
        hadTurn = true;
    }

    long askedMs() {
        return askedMs;
    }

    void asked(long nowMs) {
        askedMs = nowMs;
        firstAskedMs = firstAskedMs == Times.PAST ? nowMs : firstAskedMs;
    }

    /** When it was first asked for a key, failed attempts since then included. */
    long firstAskedMs() {
        return firstAskedMs;
    }

    /** Its place in the waiting room, {@code null} when it is not there. */
    Waiter waiter() {
        return waiter;
    }

    void waiter(Waiter newWaiter) {
        waiter = newWaiter;
    }
}
