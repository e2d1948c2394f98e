/** The file systems the kernel itself provides: proc, sysfs and devtmpfs. */
@NullMarked
package dev.nommu.kernel.proc;

import org.jspecify.annotations.NullMarked;
