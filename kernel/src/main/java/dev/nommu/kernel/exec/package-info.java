/** {@code execve}: finds the binary format of a file and has it load the image. */
@NullMarked
package dev.nommu.kernel.exec;

import org.jspecify.annotations.NullMarked;
