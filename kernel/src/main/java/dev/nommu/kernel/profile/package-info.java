/** On what the kernels differ that a machine can obey. */
@NullMarked
package dev.nommu.kernel.profile;

import org.jspecify.annotations.NullMarked;
