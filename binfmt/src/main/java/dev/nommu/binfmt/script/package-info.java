/** Scripts that name their interpreter in the first line, as execve(2) says. */
@NullMarked
package dev.nommu.binfmt.script;

import org.jspecify.annotations.NullMarked;
