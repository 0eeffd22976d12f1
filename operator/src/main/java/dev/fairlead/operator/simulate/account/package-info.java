/**
 * The simulated provider's side of rate limits: accounts, their meters, and who else draws on them.
 *
 * <p>Pure state machines on a time that is handed in (microseconds since 1970, never going back); no clock, no thread, no
 * network. One thread at a time. Deliberately shares nothing with the sidecar's own limits, so that tests compare two
 * independent sets of books.
 */
package dev.fairlead.operator.simulate.account;
