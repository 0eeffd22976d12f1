/**
 * The command line {@code fairlead}. {@link dev.fairlead.operator.cli.Main} is the way in; every command is a class of its own
 * that reads its options, calls the package that does the work, and prints. Standard output has what a command promises and
 * nothing else; everything said on the way goes to standard error. Exit codes: 0 done, 1 failed, 2 wrongly called. Nobody sees
 * a stack trace unless {@code FAIRLEAD_LOG=debug}.
 */
package dev.fairlead.operator.cli;
