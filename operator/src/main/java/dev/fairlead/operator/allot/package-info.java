/**
 * Divides the limits of accounts among the sidecars that use them, and remembers what those say of their pools. The leader's
 * books: pure, under a time that is given in milliseconds, no threads and no clock of its own.
 *
 * <p>The one rule that nothing may break: what all sidecars together hold of a limit is never more than the limit. What a
 * sidecar holds is what it was last given or still says it has, whichever is more; what one that is gone has held stays held
 * until the provider has forgotten it. {@link dev.fairlead.operator.allot.FleetBook} is the entry, and safe on every thread;
 * the operator's {@code control} asks it while this replica leads, {@code reconcile} reads how pools stand.
 */
package dev.fairlead.operator.allot;
