/**
 * The description of a machine: a device tree, and in its node {@code /nommu} the additions that
 * only a simulation needs (described in {@code docs/BOARDS.md}).
 */
@NullMarked
package dev.nommu.kernel.board;

import org.jspecify.annotations.NullMarked;
