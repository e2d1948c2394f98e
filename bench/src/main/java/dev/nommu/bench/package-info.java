/**
 * The command {@code nommu bench}: measures speed and size against what a user would take instead.
 */
@NullMarked
package dev.nommu.bench;

import org.jspecify.annotations.NullMarked;
