/** The Helm chart, as far as it can be looked at without Helm; {@code bin/chart-test} does the rest. */
package dev.fairlead.operator.chart;
