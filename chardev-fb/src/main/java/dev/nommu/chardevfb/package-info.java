/** Character devices: the memory devices. */
@NullMarked
package dev.nommu.chardevfb;

import org.jspecify.annotations.NullMarked;
