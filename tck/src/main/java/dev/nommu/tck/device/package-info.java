/** The contracts of character devices, registers and block devices. */
@NullMarked
package dev.nommu.tck.device;

import org.jspecify.annotations.NullMarked;
