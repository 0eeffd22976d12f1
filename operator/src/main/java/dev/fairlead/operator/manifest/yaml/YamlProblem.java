package dev.fairlead.operator.manifest.yaml;

/**
 * Why a text, or a part of it, could not be read.
 *
 * @param position where
 * @param message what is wrong and what to do; never repeats a value
 */
public record YamlProblem(Position position, String message) {}
