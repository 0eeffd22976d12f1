/** Official client libraries, unmodified, against the whole: simulator, manifests, compile, sidecar. */
package dev.fairlead.operator.sdk;
