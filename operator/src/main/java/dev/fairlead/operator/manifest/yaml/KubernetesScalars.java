package dev.fairlead.operator.manifest.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/**
 * What a word means: the rules of go-yaml v2 followed by its way through JSON, which is how a cluster gets it. See the package's
 * description for the list.
 */
final class KubernetesScalars {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Set<String> TRUE = Set.of("y", "yes", "true", "on");
    private static final Set<String> FALSE = Set.of("n", "no", "false", "off");
    private static final Set<String> NULL = Set.of("", "~", "null");
    private static final Set<String> NOT_FINITE = Set.of(".nan", ".inf", "+.inf", "-.inf");
    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final String STANDARD_TAG = "tag:yaml.org,2002:";

    /** Every finite double and every 64-bit integer is shorter in any sane spelling; exact arithmetic on more is slow. */
    private static final int MAX_EXACT = 400;

    JsonNode resolve(ScalarEvent event, Position position) throws Unreadable {
        var tag = event.getTag().filter(name -> !name.equals("!")).map(KubernetesScalars::shortTag);
        if (tag.isEmpty()) {
            return event.isPlain() && event.getTag().isEmpty() ? plain(event.getValue(), position) : text(event);
        }
        return switch (tag.get()) {
            case "bool", "int", "float", "null" -> tagged(tag.get(), event, position);
            case "binary" ->
                throw new Unreadable(position, "the tag !!binary is not supported: write the base64 text without it");
            default -> text(event);
        };
    }

    private JsonNode tagged(String tag, ScalarEvent event, Position position) throws Unreadable {
        JsonNode value = plain(event.getValue(), position);
        boolean fits = switch (tag) {
            case "bool" -> value.isBoolean();
            case "int" -> value.isIntegralNumber();
            case "float" -> value.isNumber();
            default -> value.isNull();
        };
        if (!fits) {
            throw new Unreadable(position, "the value does not fit its tag !!" + tag);
        }
        return value;
    }

    private static JsonNode plain(String word, Position position) throws Unreadable {
        var constant = constant(word, position);
        if (constant.isPresent()) {
            return constant.get();
        }
        char first = word.charAt(0);
        if (first == '.') {
            return decimal(word, word);
        }
        if (first != '+' && first != '-' && (first < '0' || first > '9')) {
            return NODES.textNode(word);
        }
        String digits = word.replace("_", "");
        var integer = digits.length() > MAX_EXACT ? Optional.<BigInteger>empty() : integer(digits);
        return integer.isPresent() ? number(new BigDecimal(integer.get())) : decimal(digits, word);
    }

    private static JsonNode decimal(String digits, String word) {
        if (!FLOAT.matcher(digits).matches()) {
            return NODES.textNode(word);
        }
        double approximate = Double.parseDouble(digits);
        if (Double.isInfinite(approximate)) {
            return NODES.textNode(word);
        }
        return digits.length() > MAX_EXACT || approximate == 0
                ? number(new BigDecimal(approximate))
                : number(new BigDecimal(digits));
    }

    private static Optional<JsonNode> constant(String word, Position position) throws Unreadable {
        if (word.length() > 5) {
            return Optional.empty();
        }
        String lower = word.toLowerCase(Locale.ROOT);
        boolean cased = word.equals(lower)
                || word.equals(word.toUpperCase(Locale.ROOT))
                || word.equals(lower.substring(0, 1).toUpperCase(Locale.ROOT) + lower.substring(1))
                || word.endsWith(".NaN")
                || word.endsWith(".Inf");
        if (!cased) {
            return Optional.empty();
        }
        if (TRUE.contains(lower) || FALSE.contains(lower)) {
            return Optional.of(NODES.booleanNode(TRUE.contains(lower)));
        }
        if (NULL.contains(lower)) {
            return Optional.of(NODES.nullNode());
        }
        if (NOT_FINITE.contains(lower)) {
            throw new Unreadable(position, "not-a-number and infinity have no place in JSON");
        }
        return Optional.empty();
    }

    /** An integer by the prefixes of Go: 0x, 0o, 0b, and a leading 0 for octal. */
    private static Optional<BigInteger> integer(String word) {
        boolean negative = word.startsWith("-");
        String digits = negative || word.startsWith("+") ? word.substring(1) : word;
        String lower = digits.toLowerCase(Locale.ROOT);
        int radix = 10;
        int skip = 0;
        if (lower.startsWith("0x")) {
            radix = 16;
            skip = 2;
        } else if (lower.startsWith("0o")) {
            radix = 8;
            skip = 2;
        } else if (lower.startsWith("0b")) {
            radix = 2;
            skip = 2;
        } else if (lower.startsWith("0") && lower.length() > 1) {
            radix = 8;
            skip = 1;
        }
        String body = lower.substring(skip);
        int base = radix;
        if (body.isEmpty() || !body.chars().allMatch(c -> c < 128 && Character.digit(c, base) >= 0)) {
            return Optional.empty();
        }
        var value = new BigInteger(body, radix);
        return Optional.of(negative ? value.negate() : value);
    }

    /** A number as it comes out of JSON on the other side: an integer if it fits 64 bits, a double otherwise. */
    private static JsonNode number(BigDecimal value) {
        var whole = value.stripTrailingZeros();
        // The scale first: writing 1e308 out as an integer would be wasted.
        boolean fits = whole.scale() <= 0
                && whole.precision() - whole.scale() < 20
                && whole.toBigInteger().bitLength() < 64;
        return fits ? NODES.numberNode(whole.longValueExact()) : NODES.numberNode(value.doubleValue());
    }

    private static JsonNode text(ScalarEvent event) {
        return NODES.textNode(event.getValue());
    }

    private static String shortTag(String tag) {
        return tag.startsWith(STANDARD_TAG) ? tag.substring(STANDARD_TAG.length()) : "!" + tag;
    }
}
