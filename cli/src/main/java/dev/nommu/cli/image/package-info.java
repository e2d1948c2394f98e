/** {@code nommu image}: reads, extracts, checks and makes images of any format. */
@NullMarked
package dev.nommu.cli.image;

import org.jspecify.annotations.NullMarked;
