package dev.fairlead.operator.manifest.schema;

import java.util.Optional;

/**
 * One entry of {@code x-kubernetes-validations}.
 *
 * @param expression CEL that must be true
 * @param message what to say when it is not
 * @param messageExpression CEL that makes that message
 * @param reason FieldValueInvalid (the default), FieldValueForbidden, FieldValueRequired or FieldValueDuplicate
 * @param fieldPath where under the schema's value the fault is reported, such as {@code .keys}
 * @param optionalOldSelf whether a rule that speaks of {@code oldSelf} is evaluated when there is none
 */
public record Rule(
        String expression,
        Optional<String> message,
        Optional<String> messageExpression,
        String reason,
        Optional<String> fieldPath,
        boolean optionalOldSelf) {}
