/** Pictures for terminals. */
@NullMarked
package dev.nommu.cli.screen;

import org.jspecify.annotations.NullMarked;
