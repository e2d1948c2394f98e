/** What the calls on shared memory and futexes are given and return. */
@NullMarked
package dev.nommu.kernel.ipc;

import org.jspecify.annotations.NullMarked;
