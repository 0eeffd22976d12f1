package dev.fairlead.operator.simulate.dialect;

import dev.fairlead.operator.simulate.account.Admission;

/** Refusals that do not depend on what a call says; each dialect has its own words for them. */
public sealed interface Refusal {

    /** No credential at all. */
    record NoKey() implements Refusal {}

    /** A credential that belongs to nobody. */
    record WrongKey(String key) implements Refusal {}

    /** The account turned the call away. */
    record NotAdmitted(Admission.Refused why, String model, String organization) implements Refusal {}

    /** The body is longer than the provider takes. */
    record BodyTooLarge(long limit, long read) implements Refusal {}

    /** Too many others are being served. */
    record Overloaded() implements Refusal {}

    /** The provider is broken. */
    record ServerError() implements Refusal {}

    /** Any other status that a fault asks for. */
    record Status(int status) implements Refusal {}
}
