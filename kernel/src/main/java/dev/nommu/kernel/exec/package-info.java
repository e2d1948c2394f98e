/** {@code execve}: finds the binary format of a file and lets it lay the image out. */
@NullMarked
package dev.nommu.kernel.exec;

import org.jspecify.annotations.NullMarked;
