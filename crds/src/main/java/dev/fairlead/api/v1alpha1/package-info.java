/** Placeholder. */
package dev.fairlead.api.v1alpha1;
