package dev.fairlead.sidecar.dialect;

/** Why a run of bytes is not JSON. */
public enum JsonFault {
    VALUE_EXPECTED("expected a value"),
    NAME_EXPECTED("expected a field name in double quotes"),
    NAME_OR_END_EXPECTED("expected a field name in double quotes or '}'"),
    COLON_EXPECTED("expected ':' after the field name"),
    COMMA_OR_BRACE_EXPECTED("expected ',' or '}'"),
    COMMA_OR_BRACKET_EXPECTED("expected ',' or ']'"),
    BAD_LITERAL("expected true, false or null"),
    BAD_NUMBER("expected a number"),
    BAD_ESCAPE("expected one of \" \\ / b f n r t or u with four hexadecimal digits after a backslash"),
    CONTROL_CHARACTER("control characters must be escaped inside a string"),
    BAD_UTF8("the bytes are not valid UTF-8"),
    TOO_DEEP("nested deeper than " + JsonScanner.MAX_DEPTH + " levels"),
    TRAILING_BYTES("expected nothing after the end of the value"),
    CUT_SHORT("it ends before the value is complete");

    private final String text;

    JsonFault(String text) {
        this.text = text;
    }

    /** What is wrong, for a person, without the position. */
    public String text() {
        return text;
    }
}
