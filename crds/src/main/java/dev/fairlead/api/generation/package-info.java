/**
 * What the CRD generator needs beside annotations. Used while the CRDs are generated, never at run time: the libraries
 * that it calls are not among the dependencies of the jar.
 */
package dev.fairlead.api.generation;
