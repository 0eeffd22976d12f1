/**
 * What the operator tells of itself: {@link dev.fairlead.operator.metrics.OperatorMetrics} and, over HTTP, {@link
 * dev.fairlead.operator.metrics.HealthServer}. Of the operator it knows only {@code rollout}; {@code control} tells it where the numbers
 * are. Every metric there can be is a constant here and a row of {@code docs/operator-metrics.md}. Labels hold closed sets only,
 * never names of objects: the number of series does not grow with the cluster.
 */
package dev.fairlead.operator.metrics;
