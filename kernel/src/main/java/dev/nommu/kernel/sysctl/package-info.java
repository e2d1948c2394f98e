/** Numbers by which a running kernel can be set, by name. */
@NullMarked
package dev.nommu.kernel.sysctl;

import org.jspecify.annotations.NullMarked;
