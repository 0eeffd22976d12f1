/**
 * A stage for a sidecar in its image: stand-ins for operator and provider, and an application that calls. The AOT cache is
 * trained on it, and start-up is measured on it. Nothing of this is in the image.
 */
package dev.fairlead.image;
