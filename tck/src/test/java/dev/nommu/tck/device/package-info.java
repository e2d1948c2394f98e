@NullMarked
package dev.nommu.tck.device;

import org.jspecify.annotations.NullMarked;
