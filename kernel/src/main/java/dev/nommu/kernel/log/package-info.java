/** What the kernel has to say, as {@code printk}. */
@NullMarked
package dev.nommu.kernel.log;

import org.jspecify.annotations.NullMarked;
