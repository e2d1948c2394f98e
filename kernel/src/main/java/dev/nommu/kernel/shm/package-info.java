/** System V shared memory: segments, their identifiers and permissions. */
@NullMarked
package dev.nommu.kernel.shm;

import org.jspecify.annotations.NullMarked;
