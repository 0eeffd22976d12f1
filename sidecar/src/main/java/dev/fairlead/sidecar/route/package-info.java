/**
 * Which route and model a call means, and in which order its targets are tried. Pure; built once per configuration, read by
 * every loop.
 */
package dev.fairlead.sidecar.route;
