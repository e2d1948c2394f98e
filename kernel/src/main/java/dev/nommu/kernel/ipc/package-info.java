/** The arguments and results of the calls on shared memory and futexes. */
@NullMarked
package dev.nommu.kernel.ipc;

import org.jspecify.annotations.NullMarked;
