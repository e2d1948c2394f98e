/**
 * The command {@code nommu bench}: measures speed and size against the alternatives that a user
 * has.
 */
@NullMarked
package dev.nommu.bench;

import org.jspecify.annotations.NullMarked;
