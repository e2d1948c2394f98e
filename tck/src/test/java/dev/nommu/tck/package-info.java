@NullMarked
package dev.nommu.tck;

import org.jspecify.annotations.NullMarked;
