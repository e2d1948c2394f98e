/** Scripts that name their interpreter in the first line, as in execve(2). */
@NullMarked
package dev.nommu.binfmt.script;

import org.jspecify.annotations.NullMarked;
