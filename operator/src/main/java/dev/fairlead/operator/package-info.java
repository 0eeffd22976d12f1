/** Placeholder. */
package dev.fairlead.operator;
