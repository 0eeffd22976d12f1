/**
 * OpenAI's wire format as its API reference documents it and recordings show it: chat completions, responses, embeddings, models,
 * limit headers, error bodies.
 *
 * <p>Usage is computed, not counted by a tokenizer: see {@link dev.fairlead.operator.simulate.openai.TokenEstimate}.
 * Called on the simulator's one thread.
 */
package dev.fairlead.operator.simulate.openai;
