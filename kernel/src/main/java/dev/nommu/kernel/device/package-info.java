/** Devices: what drivers claimed and registered, and how they are found by name and number. */
@NullMarked
package dev.nommu.kernel.device;

import org.jspecify.annotations.NullMarked;
