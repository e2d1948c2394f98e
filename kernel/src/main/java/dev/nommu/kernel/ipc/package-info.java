/** What processes share besides files: System V shared memory. */
@NullMarked
package dev.nommu.kernel.ipc;

import org.jspecify.annotations.NullMarked;
