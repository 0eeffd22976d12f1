package dev.fairlead.operator.cli;

/** A command cannot do what it was asked for; the message is the whole explanation. */
final class CommandFailure extends Exception {
    private static final long serialVersionUID = 1;

    CommandFailure(String message) {
        super(message);
    }
}
