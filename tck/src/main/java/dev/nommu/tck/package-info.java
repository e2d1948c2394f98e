/**
 * The contract of a plugin: rules, each with a test, and verdicts.
 *
 * <p>Start with {@link dev.nommu.tck.Subject}, the plugin under test, {@link
 * dev.nommu.tck.Setting}, the conditions, {@link dev.nommu.tck.Clause}, a rule with its test, and
 * {@link dev.nommu.tck.Contract}, all clauses for a kind of plugin.
 */
@NullMarked
package dev.nommu.tck;

import org.jspecify.annotations.NullMarked;
