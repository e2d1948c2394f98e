/** The contracts of devices: of characters, of registers, of blocks. */
@NullMarked
package dev.nommu.tck.device;

import org.jspecify.annotations.NullMarked;
