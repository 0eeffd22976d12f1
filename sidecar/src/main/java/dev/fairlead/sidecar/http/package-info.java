/**
 * HTTP by Vert.x: the data port, the admin port, and the way to providers. The only package on the request path that knows a
 * Vert.x type; everything here runs on the event loop of its connection.
 */
package dev.fairlead.sidecar.http;
