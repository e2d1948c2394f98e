/** The fence around plugins: what they throw and what they answer is checked here. */
@NullMarked
package dev.nommu.kernel.plugin;

import org.jspecify.annotations.NullMarked;
