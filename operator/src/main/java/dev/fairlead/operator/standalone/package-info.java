/**
 * A sidecar from a folder of manifests, without a cluster: read, admit, compile, apply, and again whenever the folder changes.
 *
 * <p>The folder is treated as a cluster treats what is sent to it. An object whose new version has an error keeps its previous
 * one; a new object with an error is not there; an object that is written nowhere any more is gone. Two things are kinder than
 * a cluster: while a file cannot be read, what it held before stays, and a folder that is empty or gone changes nothing. A
 * field that a cluster lets nobody change may be changed here: it counts as deleted and created.
 *
 * <p>Called by the command line. One thread of its own looks at the folder; nothing here runs on an event loop.
 */
package dev.fairlead.operator.standalone;
