/**
 * An application as anybody might have written it: the official OpenAI client, configured by its environment alone. It knows
 * nothing of Fairlead.
 */
package dev.fairlead.e2e.app;
