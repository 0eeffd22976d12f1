package dev.fairlead.sidecar.dialect.openai;

import static dev.fairlead.sidecar.dialect.RandomJson.spelled;

import dev.fairlead.sidecar.dialect.RandomJson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Writes bodies of requests: mostly good ones, in any order, spelling and white space, with fields nobody has heard of. */
final class RandomRequest {
    private static final List<String> MODELS =
            List.of("gpt-4o", "team/route/gpt:4", "m\u00f6dell \ud83d\ude80", "a\"b\\c\n");

    private RandomRequest() {}

    static String good(Random random) {
        return object(random, goodFields(random));
    }

    /** With something wrong or unusual among the fields that are read. */
    static String odd(Random random) {
        List<String> fields = goodFields(random);
        for (int n = 1 + random.nextInt(2); n > 0; n--) {
            fields.add(oddField(random));
        }
        if (random.nextInt(4) == 0) {
            fields.remove(random.nextInt(fields.size()));
        }
        Collections.shuffle(fields, random);
        return object(random, fields);
    }

    private static List<String> goodFields(Random random) {
        var fields = new ArrayList<String>();
        fields.add(field(random, "model", spelled(random, MODELS.get(random.nextInt(MODELS.size())))));
        if (random.nextBoolean()) {
            fields.add(field(random, "stream", pick(random, "true", "true", "false", "null")));
        }
        if (random.nextBoolean()) {
            fields.add(field(random, "stream_options", streamOptions(random)));
        }
        if (random.nextBoolean()) {
            fields.add(field(random, "max_tokens", pick(random, "0", "100", "1e3", "null", "\"7\"", "12.5", "-3")));
        }
        if (random.nextBoolean()) {
            fields.add(field(random, "max_completion_tokens", pick(random, "4096", "1", "[]", "{\"a\":1}")));
        }
        if (random.nextBoolean()) {
            fields.add(field(random, "n", pick(random, "1", "2", "128", "0", "null", "true")));
        }
        for (int n = random.nextInt(4); n > 0; n--) {
            fields.add(field(random, "x" + n, RandomJson.value(random, 3)));
        }
        Collections.shuffle(fields, random);
        return fields;
    }

    private static String oddField(Random random) {
        String name = pick(random, "model", "stream", "stream_options", "max_tokens", "n");
        String value = pick(random, "null", "true", "1", "\"\"", "\"x\"", "[]", "{}", "{\"include_usage\":1}");
        return field(random, name, value);
    }

    private static String streamOptions(Random random) {
        String usage = field(random, "include_usage", pick(random, "true", "false", "null", "\"yes\""));
        String other = field(random, "include_obfuscation", pick(random, "false", "{\"include_usage\":true}"));
        return pick(
                random,
                "null",
                "{}",
                "{ }",
                object(random, List.of(usage)),
                object(random, List.of(other)),
                object(random, List.of(usage, other)),
                object(random, List.of(other, usage)));
    }

    private static String field(Random random, String name, String value) {
        return space(random) + spelled(random, name) + space(random) + ":" + space(random) + value + space(random);
    }

    private static String object(Random random, List<String> fields) {
        return space(random) + "{" + String.join(",", fields) + "}" + space(random);
    }

    private static String space(Random random) {
        return pick(random, "", "", "", " ", "\n  ");
    }

    private static String pick(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
