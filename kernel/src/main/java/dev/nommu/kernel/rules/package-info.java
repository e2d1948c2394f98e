/** The rules of the kernel without a machine around them, for those who compare with them. */
@NullMarked
package dev.nommu.kernel.rules;

import org.jspecify.annotations.NullMarked;
