package dev.fairlead.sidecar.provider;

/** Where a provider counts differently from OpenAI, whose input includes cached and whose output includes reasoning tokens. */
public enum UsageQuirk {
    /** {@code completion_tokens} leaves reasoning tokens out. */
    REASONING_EXCLUDED,
    /** {@code prompt_tokens} leaves cached tokens out. */
    CACHED_EXCLUDED,
    /** {@code prompt_tokens} leaves audio tokens out. */
    AUDIO_EXCLUDED,
    /** In a stream usage stands in {@code x_groq.usage}. */
    X_GROQ,
    /** The prompt's count may be missing when the prompt was cached. */
    PROMPT_MAY_BE_ABSENT
}
