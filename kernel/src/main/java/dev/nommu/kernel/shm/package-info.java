/** System V shared memory: segments, their identifiers, and who may do what with them. */
@NullMarked
package dev.nommu.kernel.shm;

import org.jspecify.annotations.NullMarked;
