/**
 * From what people wrote to what each sidecar gets: {@link dev.fairlead.operator.compile.Compiler} turns a {@link
 * dev.fairlead.operator.world.World} into one {@link dev.fairlead.sidecar.config.SidecarConfig} per workload and a list of
 * findings.
 *
 * <p>Pure: no clock, no input or output, no order but what the data say, so that the same world always gives the same bytes.
 * Ends of approvals travel as times; the sidecar has the clock. What is wrong with one object becomes a finding about that
 * object and never stops another. A thing that cannot be enforced as written is closed, not opened: an unreadable limit
 * closes its route, an unreadable selector matches nothing.
 *
 * <p>Called by the operator, by {@code fairlead run} and by the commands that show or check configurations, on any thread.
 * {@code DESIGN.md} beside this package says who may see what, and why in that order.
 */
package dev.fairlead.operator.compile;
