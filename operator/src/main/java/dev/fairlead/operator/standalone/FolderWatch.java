package dev.fairlead.operator.standalone;

import java.util.function.Supplier;

/**
 * Notices that manifests have changed, by looking again and again. A change counts once two looks in a row have seen the same,
 * so that a file that is just being written is not read half. For one thread.
 */
final class FolderWatch {
    private final Supplier<FolderSignature> look;
    private FolderSignature read;
    private FolderSignature previous;

    /** What is there now counts as read. */
    FolderWatch(Supplier<FolderSignature> look) {
        this.look = look;
        this.read = look.get();
        this.previous = read;
    }

    /** Whether something other than what was read last has settled; it counts as read then. */
    boolean changed() {
        var now = look.get();
        boolean settled = now.equals(previous);
        previous = now;
        if (!settled || now.equals(read)) {
            return false;
        }
        read = now;
        return true;
    }
}
