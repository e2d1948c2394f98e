/** The files of a machine for {@code java.nio.file}. */
@NullMarked
package dev.nommu.nio;

import org.jspecify.annotations.NullMarked;
