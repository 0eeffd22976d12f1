package dev.fairlead.operator.simulate.account;

/**
 * Who a credential belongs to.
 *
 * @param keyName the key's name within its account, never the key
 */
public record Caller(Account account, String keyName) {}
