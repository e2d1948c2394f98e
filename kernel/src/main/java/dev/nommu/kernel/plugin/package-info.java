/** The fence around plugins: checks what they throw and return. */
@NullMarked
package dev.nommu.kernel.plugin;

import org.jspecify.annotations.NullMarked;
