/** What tests of several packages stand on. */
package dev.fairlead.operator.testing;
