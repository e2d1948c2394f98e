/**
 * What a machine is built from: a device tree, and in its node {@code /nommu} what only a
 * simulation needs (described in {@code docs/BOARDS.md}).
 */
@NullMarked
package dev.nommu.kernel.board;

import org.jspecify.annotations.NullMarked;
