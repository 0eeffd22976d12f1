/**
 * Providers in virtual time: accounts with the limits that manifests give them, and answers that take as long as those that
 * were recorded. Shares no code with the sidecar's own accounting, so that both cannot be wrong together. One thread.
 */
package dev.fairlead.operator.plan.provider;
