/**
 * What the control plane knows at one moment: the four kinds as they were written, what they refer to, and the workloads
 * that need a configuration. And the words in which findings about them are said.
 *
 * <p>A {@link dev.fairlead.operator.world.World} is built by whoever watches a source (a folder of manifests, a cluster) and
 * read by {@link dev.fairlead.operator.compile.Compiler}. Everything here is immutable, or a bean that nobody changes any
 * more, and safe on every thread.
 */
package dev.fairlead.operator.world;
