/**
 * What can be seen of a running sidecar from outside: metrics and log lines. Event loops write their own numbers without locks
 * or atomic operations ({@link dev.fairlead.sidecar.telemetry.LoopMetrics}); the admin port sums them up on its own time
 * ({@link dev.fairlead.sidecar.telemetry.MetricsPage}). Labels are names of the configuration and closed sets only.
 */
package dev.fairlead.sidecar.telemetry;
