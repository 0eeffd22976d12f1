package dev.fairlead.operator.manifest.rule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import dev.fairlead.operator.manifest.schema.Format;
import dev.fairlead.operator.manifest.schema.GoDuration;
import dev.fairlead.operator.manifest.schema.Schema;
import dev.fairlead.operator.manifest.schema.SchemaType;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Turns a checked value into what a rule sees: by its schema, not by how it happens to be written. */
final class CelValues {
    private final Identifiers identifiers = new Identifiers();

    Object of(JsonNode value, Schema schema) {
        if (value.isNull()) {
            return NullValue.NULL_VALUE;
        }
        return switch (value.getNodeType()) {
            case OBJECT -> object(value, schema);
            case ARRAY -> list(value, schema);
            case STRING -> text(value.textValue(), schema);
            case NUMBER -> isDouble(value, schema) ? (Object) value.doubleValue() : (Object) value.longValue();
            case BOOLEAN -> value.booleanValue();
            default -> throw new IllegalArgumentException("no value of JSON: " + value.getNodeType());
        };
    }

    private static boolean isDouble(JsonNode value, Schema schema) {
        return schema.type().filter(SchemaType.NUMBER::equals).isPresent() || !value.isIntegralNumber();
    }

    private Map<String, Object> object(JsonNode value, Schema schema) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (var field : value.properties()) {
            var property = schema.properties().get(field.getKey());
            if (property != null && isTyped(property)) {
                identifiers.escaped(field.getKey()).ifPresent(name -> fields.put(name, of(field.getValue(), property)));
            } else if (property == null && schema.additional().isPresent()) {
                fields.put(
                        field.getKey(), of(field.getValue(), schema.additional().get()));
            }
        }
        return fields;
    }

    /** What a schema leaves open no rule can see. */
    private static boolean isTyped(Schema schema) {
        return schema.type().isPresent() || schema.intOrString();
    }

    private List<Object> list(JsonNode value, Schema schema) {
        List<Object> items = new ArrayList<>(value.size());
        schema.items().ifPresent(item -> value.forEach(each -> items.add(of(each, item))));
        return items;
    }

    private static Object text(String text, Schema schema) {
        var format = schema.format().orElse(Format.INT64);
        return switch (format) {
            case DATE_TIME ->
                OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant();
            case DATE -> LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            case DURATION -> GoDuration.parse(text);
            case BYTE -> CelByteString.of(Base64.getDecoder().decode(text));
            case INT32, INT64, FLOAT, DOUBLE -> text;
        };
    }
}
