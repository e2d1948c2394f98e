@NullMarked
package dev.nommu.junit;

import org.jspecify.annotations.NullMarked;
