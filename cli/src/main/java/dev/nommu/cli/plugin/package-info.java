/** The plugins of a machine, chosen by options, and {@code nommu plugin}, which lists them. */
@NullMarked
package dev.nommu.cli.plugin;

import org.jspecify.annotations.NullMarked;
