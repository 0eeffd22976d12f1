/**
 * A replica of the operator as a whole: {@link dev.fairlead.operator.control.ControlPlane} is a readable list of its parts and
 * of who tells whom. Called by the command line; owns its threads.
 */
package dev.fairlead.operator.control;
