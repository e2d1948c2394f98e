/** {@code nommu run}: scenarios, each on a machine of its own. */
@NullMarked
package dev.nommu.cli.run;

import org.jspecify.annotations.NullMarked;
