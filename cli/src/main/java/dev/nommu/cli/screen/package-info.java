/** {@code nommu screen}: the pictures of frame buffers, for terminals. */
@NullMarked
package dev.nommu.cli.screen;

import org.jspecify.annotations.NullMarked;
