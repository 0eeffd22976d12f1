package dev.fairlead.sidecar.dialect.openai;

import dev.fairlead.sidecar.usage.Usage;

/**
 * The numbers of one {@code usage} object as the provider sent them, and their reading in our own terms (input includes what
 * was cached, output includes reasoning). Providers of this format differ in what their sums include; which way it is, the
 * numbers themselves tell, so that a provider nobody has described yet is read right as well:
 *
 * <ul>
 *   <li>more tokens read from and written to the cache than prompt tokens: the prompt excludes those (Grok on Azure);
 *   <li>the total exceeds prompt and completion by exactly the reasoning tokens, the audio tokens or the cached tokens: those
 *       are outside (xAI, Mistral);
 *   <li>it exceeds them by something nobody names: hidden reasoning (Gemini).
 * </ul>
 */
final class UsageNumbers {
    private static final long UNSAID = -1;

    long prompt;
    long completion;
    long total;
    long cached;
    long cacheHit;
    long cacheWrite;
    long inputAudio;
    long reasoning;
    long outputAudio;

    UsageNumbers() {
        clear();
    }

    void clear() {
        prompt = UNSAID;
        completion = UNSAID;
        total = UNSAID;
        cached = UNSAID;
        cacheHit = UNSAID;
        cacheWrite = 0;
        inputAudio = 0;
        reasoning = 0;
        outputAudio = 0;
    }

    /**
     * Writes them to {@code usage}, unless they are partial (embeddings have no completion but a total), all zero, or a
     * placeholder without output where there has been output already.
     *
     * @return whether they were written
     */
    boolean writeTo(Usage usage) {
        if (prompt < 0 || (completion < 0 && total < 0) || Math.max(prompt, 0) + Math.max(completion, 0) <= 0) {
            return false;
        }
        if (completion <= 0 && usage.outputTokens() > 0) {
            return false;
        }
        long read = Math.max(0, cached != UNSAID ? cached : cacheHit);
        long write = Math.max(0, cacheWrite);
        long audio = Math.max(0, inputAudio);
        long thought = Math.max(0, reasoning);
        long input = prompt;
        long output = Math.max(0, completion);
        long beyond = Math.max(0, total) - input - output;
        boolean cacheOutside = read + write > input;
        if (cacheOutside) {
            input += read + write;
        }
        if (beyond > 0) {
            if (beyond == thought) {
                output += thought;
            } else if (beyond == audio) {
                input += audio;
            } else if (beyond == thought + audio) {
                input += audio;
                output += thought;
            } else if (beyond == read + write) {
                input += cacheOutside ? 0 : beyond;
            } else {
                output += beyond;
                thought += beyond;
            }
        }
        usage.clear()
                .input(input, read, write, 0, Math.min(audio, input))
                .output(output, Math.min(thought, output), Math.min(outputAudio, output));
        return true;
    }
}
