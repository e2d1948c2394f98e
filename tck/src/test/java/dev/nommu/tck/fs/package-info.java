@NullMarked
package dev.nommu.tck.fs;

import org.jspecify.annotations.NullMarked;
