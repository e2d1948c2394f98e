/** Devices: claims and registrations of drivers, and lookup by name and number. */
@NullMarked
package dev.nommu.kernel.device;

import org.jspecify.annotations.NullMarked;
