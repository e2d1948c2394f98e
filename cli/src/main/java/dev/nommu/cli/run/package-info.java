/** {@code nommu run}: scenarios, each on a separate machine. */
@NullMarked
package dev.nommu.cli.run;

import org.jspecify.annotations.NullMarked;
