/** {@code nommu image}: what is in images, whatever their format, and how it gets out and in. */
@NullMarked
package dev.nommu.cli.image;

import org.jspecify.annotations.NullMarked;
