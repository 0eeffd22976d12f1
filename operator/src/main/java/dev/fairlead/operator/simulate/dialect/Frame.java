package dev.fairlead.operator.simulate.dialect;

/**
 * One event of a stream, with its framing; sent as UTF-8.
 *
 * @param tokens output tokens it carries; 0 for everything that is not content
 */
public record Frame(String text, int tokens) {}
