/**
 * The contract of a plugin: rules, each with a test of its own, and what comes of them.
 *
 * <p>Read {@link dev.nommu.tck.Subject}, what is tested, {@link dev.nommu.tck.Setting}, under what,
 * {@link dev.nommu.tck.Clause}, one rule with its test, and {@link dev.nommu.tck.Contract}, all of
 * them that hold for a kind of plugin.
 */
@NullMarked
package dev.nommu.tck;

import org.jspecify.annotations.NullMarked;
