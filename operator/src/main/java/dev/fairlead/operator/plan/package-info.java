/**
 * {@code fairlead plan}: capacity planning on the engine itself. Replays recorded or described calls on the pools of a folder
 * in virtual time, and says whether they hold, how long calls would wait, which limit binds first, and what another account
 * or a higher tier would change.
 *
 * <p>{@link dev.fairlead.operator.plan.Planner} is the way in. Everything runs on the caller's thread, without sleeping, and
 * the same inputs give the same answer.
 */
package dev.fairlead.operator.plan;
