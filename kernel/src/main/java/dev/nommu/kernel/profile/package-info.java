/** The differences between the kernels that a machine can follow. */
@NullMarked
package dev.nommu.kernel.profile;

import org.jspecify.annotations.NullMarked;
