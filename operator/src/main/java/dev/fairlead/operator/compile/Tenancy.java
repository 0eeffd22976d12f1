package dev.fairlead.operator.compile;

/**
 * To whom a namespace belongs.
 *
 * @param name the Tenant, or the namespace itself where no Tenant claims it
 * @param explicit whether a Tenant of that name claims it
 * @param weight its share against others, at least 1
 */
record Tenancy(String name, boolean explicit, boolean suspended, int weight) {}
