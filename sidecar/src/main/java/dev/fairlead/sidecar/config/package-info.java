/**
 * The sidecar's own configuration contract: what the control plane sends and nothing else. Records with Jackson, versioned,
 * additive: a field that a newer control plane adds is ignored here, a field that an older one leaves out has a default.
 *
 * <p>All records are immutable and safe for every thread. {@link dev.fairlead.sidecar.config.ConfigCodec} is the only way in
 * from bytes; it answers with the JSON path of whatever is wrong.
 */
package dev.fairlead.sidecar.config;
