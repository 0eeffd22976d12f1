package dev.fairlead.operator.simulate.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.operator.simulate.fault.FaultReader;

/** What tests and people may do to the simulator besides calling it: look into its books, ask for faults, begin anew. */
public final class Control {

    private final Provider provider;
    private final Connections connections;
    private final FaultReader faultReader = new FaultReader();

    Control(Provider provider, Connections connections) {
        this.provider = provider;
        this.connections = connections;
    }

    /**
     * The books.
     *
     * @param logTail most entries of the call log to include
     */
    public ObjectNode stats(int logTail) {
        long now = provider.now();
        provider.accounts().catchUp(now);
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        connections.writeTo(node.putObject("connections"));
        provider.books().writeTo(node, provider.accounts(), logTail, now);
        node.set("faults", provider.faults().toJson());
        return node;
    }

    /** The faults in force. */
    public ObjectNode faults() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set("faults", provider.faults().toJson());
        return node;
    }

    /**
     * Puts faults in force behind those that are.
     *
     * @param json a list of faults, or one
     * @throws IllegalArgumentException with a message fit for the person who sent them
     */
    public JsonNode addFaults(byte[] json) {
        provider.faults().add(faultReader.read(json));
        return faults();
    }

    /** Ends all faults. */
    public JsonNode clearFaults() {
        provider.faults().clear();
        return faults();
    }

    /** Full meters, empty books, no faults. */
    public ObjectNode reset() {
        provider.reset();
        connections.reset();
        return JsonNodeFactory.instance.objectNode().put("reset", true);
    }
}
