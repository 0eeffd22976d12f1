/**
 * The wire format of OpenAI's chat completions, responses, embeddings and models, as OpenAI and the many providers that imitate it
 * really speak it. Requests and answers pass through as the bytes they are: what is needed is read in passing, and only
 * {@code model} and {@code stream_options} are ever spliced.
 *
 * <p>Called by the exchange on its own event loop; scanners and taps belong to one exchange at a time, everything else is
 * immutable.
 */
package dev.fairlead.sidecar.dialect.openai;
