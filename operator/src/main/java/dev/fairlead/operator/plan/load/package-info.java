/** What calls a plan makes: those that were recorded, or those that somebody describes. Pure; the same seed gives the same calls. */
package dev.fairlead.operator.plan.load;
