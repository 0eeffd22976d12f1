/**
 * Which of several replicas writes. Every replica serves; only the leader writes statuses, Events about them and
 * certificates. Anyone may ask, on any thread.
 */
package dev.fairlead.operator.leader;
