/** The kernel's log, as in {@code printk}. */
@NullMarked
package dev.nommu.kernel.log;

import org.jspecify.annotations.NullMarked;
